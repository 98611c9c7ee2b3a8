/// All desired resources of a project in one environment, with an index of who refers to whom.
package struct DesiredSet: Sendable {
    package let resources: [ResourceAddress: DesiredResource]
    /// Who refers to an address, in address order.
    package let referrers: [ResourceAddress: [ResourceAddress]]

    package static let empty = DesiredSet([])

    /// - Precondition: no two resources have the same address; manifests that repeat one are refused before.
    package init(_ resources: [DesiredResource]) {
        self.resources = Dictionary(uniqueKeysWithValues: resources.map { ($0.address, $0) })
        var referrers: [ResourceAddress: Set<ResourceAddress>] = [:]
        for resource in resources {
            for case let target? in resource.references.map(\.address) {
                referrers[target, default: []].insert(resource.address)
            }
        }
        self.referrers = referrers.mapValues { $0.sorted() }
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
