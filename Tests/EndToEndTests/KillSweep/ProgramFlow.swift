import TestBackends

/// One change of what is applied, of several that follow one another and end where they began.
struct ProgramFlow: Sendable {
    var name: String
    var goal = "apply"
    var change: @Sendable (Workplace) throws -> Void = { _ in }
    /// What is there afterwards.
    var holdings: Inventory

    static let shop: [ProgramFlow] = [
        ProgramFlow(name: "create", holdings: .servedShop),
        ProgramFlow(
            name: "update",
            change: { place in
                try place.edit("storefront.yaml", "Welcome to the shop", "Welcome back to the shop")
                try place.edit("front-door.yaml", "healthyThresholdCount: 2", "healthyThresholdCount: 3")
            }, holdings: .servedShop.with { $0.revisions.append("storefront") }),
        ProgramFlow(
            name: "replace", change: { try $0.edit("front-door.yaml", "  port: 8080", "  port: 8081") },
            holdings: .servedShop.with { $0.revisions.append("storefront") }),
        ProgramFlow(
            name: "remove", change: { try $0.write(nil, to: "worker.yaml") },
            holdings: .servedShop.with {
                $0.revisions = ["storefront", "storefront", "storefront-next"]
                $0.services.removeLast()
            }),
        ProgramFlow(name: "destroy", goal: "destroy", holdings: .empty),
    ]
}

extension Inventory {
    /// What manifests/shop makes, in families and names as they are written.
    fileprivate static let servedShop = Inventory(
        clusters: ["shop-back", "shop-front"], services: ["storefront", "storefront-next", "worker"],
        revisions: ["storefront", "storefront-next", "worker"], loadBalancers: ["shop"],
        targetGroups: ["storefront", "storefront-next"], listeners: ["shop:80"])

    fileprivate func with(_ change: (inout Inventory) -> Void) -> Inventory {
        var changed = self
        change(&changed)
        return changed.inWrittenNames
    }

    /// Without the numbers of revisions, and without what is added to the names of replacements.
    var inWrittenNames: Inventory {
        var names = self
        names.revisions = revisions.map { String($0.prefix { $0 != ":" }) }.sorted()
        names.targetGroups = targetGroups.map { $0.replacing(/-[0-9a-f]{6}$/, with: "") }.sorted()
        return names
    }
}
