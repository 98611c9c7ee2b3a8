import AttributeTree

/// Where the actions of a listener forward to. Of attributes in the words of the manifest, in whichever form.
struct ListenerActions: Sendable {
    struct Target: Sendable, Equatable {
        /// The name of a target group or its ARN.
        var group: String
        var weight: Int
    }

    let targets: [Target]

    /// - Parameter attributes: `spec` of a listener.
    init(_ attributes: AttributeValue) {
        targets = (attributes["defaultActions"]?.listValue ?? []).filter { $0["type"] == "forward" }.flatMap { action in
            let groups = action["forwardConfig"]?["targetGroups"]?.listValue ?? []
            if groups.isEmpty, let group = action["targetGroup"]?.stringValue {
                return [Target(group: group, weight: 1)]
            }
            return groups.compactMap { entry in
                entry["targetGroup"]?.stringValue.map { Target(group: $0, weight: entry["weight"]?.intValue ?? 1) }
            }
        }
    }

    /// The weight a target group has; `nil` when nothing is forwarded to it.
    ///
    /// - Parameter names: what it may be called: its name, its ARN.
    func weight(of names: [String]) -> Int? {
        targets.first { names.contains($0.group) }?.weight
    }
}
