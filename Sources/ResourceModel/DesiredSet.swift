/// All desired resources of a project in one environment, with an index of who refers to whom.
package struct DesiredSet: Sendable {
    package let resources: [ResourceAddress: DesiredResource]
    /// Who refers to an address, in address order.
    package let referrers: [ResourceAddress: [ResourceAddress]]
    private let literalReferrers: [String: [ResourceAddress]]

    package static let empty = DesiredSet([])

    /// - Precondition: no two resources have the same address; manifests that repeat one are refused before.
    package init(_ resources: [DesiredResource]) {
        self.resources = Dictionary(uniqueKeysWithValues: resources.map { ($0.address, $0) })
        var referrers: [ResourceAddress: Set<ResourceAddress>] = [:]
        var literalReferrers: [String: Set<ResourceAddress>] = [:]
        for resource in resources {
            for reference in resource.references {
                switch reference.target {
                case .managed(let target): referrers[target, default: []].insert(resource.address)
                case .literal(let text): literalReferrers[text, default: []].insert(resource.address)
                case .lookup: break
                }
            }
        }
        self.referrers = referrers.mapValues { $0.sorted() }
        self.literalReferrers = literalReferrers.mapValues { $0.sorted() }
    }

    /// Who refers to the same, managed here or not, in address order. Of a lookup nobody keeps count.
    package func referrers(of target: Reference.Target) -> [ResourceAddress] {
        switch target {
        case .managed(let address): referrers[address] ?? []
        case .literal(let text): literalReferrers[text] ?? []
        case .lookup: []
        }
    }

    package subscript(address: ResourceAddress) -> DesiredResource? { resources[address] }

    /// In address order.
    package var addresses: [ResourceAddress] { resources.keys.sorted() }
}

/// The kinds that are known, in the order in which the reference lists them.
package struct KindCatalog: Sendable {
    package let kinds: [KindDefinition]
    private let byName: [KindName: KindDefinition]

    package init(_ kinds: [KindDefinition]) {
        self.kinds = kinds
        byName = Dictionary(uniqueKeysWithValues: kinds.map { ($0.kind, $0) })
    }

    package subscript(kind: KindName) -> KindDefinition? { byName[kind] }
}
