import AttributeTree

extension ELBListener {
    /// The one form of actions: in their order, without the numbers, and forwarding by a list of target groups. Of
    /// certificates only the first, the default, has its place.
    ///
    /// `targetGroup: web` is read back as `targetGroup` *and* a list of one with weight 1, and stickiness that is off
    /// with whatever duration.
    static let normalize: @Sendable (AttributeValue) -> AttributeValue = { spec in
        var spec = spec
        if let actions = spec["defaultActions"]?.listValue {
            spec["defaultActions"] = .list(inOrder(actions).map(normalizeAction))
        }
        if let certificates = spec["certificates"]?.listValue, certificates.count > 2 {
            let further = certificates.dropFirst().sorted {
                $0["certificate"]?.stringValue ?? "" < $1["certificate"]?.stringValue ?? ""
            }
            spec["certificates"] = .list(certificates.prefix(1) + further)
        }
        return spec
    }

    private static func inOrder(_ actions: [AttributeValue]) -> [AttributeValue] {
        actions.enumerated().sorted { left, right in
            let orders = (left.element["order"]?.intValue ?? 0, right.element["order"]?.intValue ?? 0)
            return orders.0 == orders.1 ? left.offset < right.offset : orders.0 < orders.1
        }.map(\.element)
    }

    private static func normalizeAction(_ action: AttributeValue) -> AttributeValue {
        guard action.mapValue != nil else { return action }
        var action = action
        action["order"] = nil
        guard action["type"] == "forward" else { return action }
        var config = action["forwardConfig"] ?? [:]
        if let group = action["targetGroup"], (config["targetGroups"]?.listValue ?? []).isEmpty {
            config["targetGroups"] = [["targetGroup": group, "weight": 1]]
        }
        if config["targetGroupStickinessConfig"]?["enabled"] != true { config["targetGroupStickinessConfig"] = nil }
        action["targetGroup"] = nil
        action["forwardConfig"] = config
        return action
    }
}
