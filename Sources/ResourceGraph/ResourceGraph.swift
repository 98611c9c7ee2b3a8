package import AttributeTree
package import ResourceModel

/// Which desired resource comes after which, and why.
///
/// Made by ``build(desired:catalog:)`` from the references in the manifests and from the edges that only the cloud
/// knows. Knows nothing of what exists.
package struct ResourceGraph: Sendable {
    /// Why a resource comes after another.
    package enum Reason: Sendable, Hashable {
        /// These fields refer to it.
        case reference([AttributePath])
        /// No field does; the kind says why.
        case hidden(String)
    }

    package struct Dependency: Sendable, Hashable {
        package var address: ResourceAddress
        package var reason: Reason

        package init(on address: ResourceAddress, because reason: Reason) {
            self.address = address
            self.reason = reason
        }
    }

    /// Every desired resource, after those it depends on; what may come in any order is in the order of addresses. The
    /// resources on a cycle, and what depends on them, come last.
    package let order: [ResourceAddress]
    private let positions: [ResourceAddress: Int]
    private let dependencies: [[Dependency]]
    private let dependents: [[ResourceAddress]]
    private let levels: [Int]

    /// - Parameters:
    ///   - addresses: sorted; the other arrays go with it.
    ///   - dependencies: by resource, in the order of addresses.
    init(
        addresses: [ResourceAddress], positions: [ResourceAddress: Int], dependencies: [[Dependency]],
        numbers: [[Int]]
    ) {
        let sorted = DependencyOrder(dependencies: numbers)
        var order = sorted.nodes.map { addresses[$0] }
        if order.count < addresses.count {
            let placed = Set(sorted.nodes)
            order += addresses.indices.filter { !placed.contains($0) }.map { addresses[$0] }
        }
        var dependents = [[ResourceAddress]](repeating: [], count: addresses.count)
        for (node, before) in numbers.enumerated() {
            for dependency in before { dependents[dependency].append(addresses[node]) }
        }
        self.order = order
        self.positions = positions
        self.dependencies = dependencies
        self.dependents = dependents
        levels = sorted.levels
    }

    /// What a resource comes after, in the order of addresses; nothing for a resource that is not desired.
    package func dependencies(of address: ResourceAddress) -> [Dependency] {
        positions[address].map { dependencies[$0] } ?? []
    }

    /// What comes after a resource, in the order of addresses.
    package func dependents(of address: ResourceAddress) -> [ResourceAddress] {
        positions[address].map { dependents[$0] } ?? []
    }

    /// The number of resources on the longest way to one that depends on nothing.
    package func level(of address: ResourceAddress) -> Int? {
        positions[address].map { levels[$0] }
    }

    /// These resources and everything they depend on, directly or not.
    package func closure(of addresses: some Sequence<ResourceAddress>) -> Set<ResourceAddress> {
        var found = Set(addresses)
        var queue = Array(found)
        while let address = queue.popLast() {
            for dependency in dependencies(of: address) where found.insert(dependency.address).inserted {
                queue.append(dependency.address)
            }
        }
        return found
    }
}
