import AttributeTree
package import Diagnostics
package import ResourceModel

extension ResourceGraph {
    /// The graph of the desired resources, and an error for each group of resources that depend on each other.
    ///
    /// A reference to a resource that is not desired draws no edge: manifests with one are refused before.
    package static func build(
        desired: DesiredSet, catalog: KindCatalog
    ) -> (graph: ResourceGraph, diagnostics: [Diagnostic]) {
        let addresses = desired.addresses
        let positions = Dictionary(uniqueKeysWithValues: addresses.enumerated().map { ($1, $0) })
        let edges = Edges(desired: desired, addresses: addresses, positions: positions, catalog: catalog)
        let numbers = edges.reasons.map { $0.keys.sorted() }
        let dependencies = zip(edges.reasons, numbers).map { reasons, numbers in
            numbers.compactMap { number in
                reasons[number].map { Dependency(on: addresses[number], because: $0) }
            }
        }
        let graph = ResourceGraph(
            addresses: addresses, positions: positions, dependencies: dependencies, numbers: numbers)
        return (graph, cycles(in: graph, addresses: addresses, numbers: numbers, desired: desired))
    }

    private static func cycles(
        in graph: ResourceGraph, addresses: [ResourceAddress], numbers: [[Int]], desired: DesiredSet
    ) -> [Diagnostic] {
        Cycles(dependencies: numbers).groups.map { group in
            let path = Cycles.path(through: group, dependencies: numbers)
            let edges = path.indices.compactMap { index -> Diagnostic.CycleEdge? in
                let from = addresses[path[index]]
                let to = addresses[path[(index + 1) % path.count]]
                let dependency = graph.dependencies(of: from).first { $0.address == to }
                return dependency.map { .init(from: from, to: to, reason: $0.reason, source: desired[from]?.source) }
            }
            return .dependencyCycle(edges)
        }
    }
}

/// The edges while they are collected: by resource, the number of what it comes after and why.
private struct Edges {
    var reasons: [[Int: ResourceGraph.Reason]]
    private let references: [[Reference]]

    init(
        desired: DesiredSet, addresses: [ResourceAddress], positions: [ResourceAddress: Int], catalog: KindCatalog
    ) {
        reasons = Array(repeating: [:], count: addresses.count)
        references = addresses.map { desired[$0]?.references ?? [] }
        for (node, references) in references.enumerated() {
            for reference in references {
                guard let target = reference.address.flatMap({ positions[$0] }) else { continue }
                if case .reference(let paths)? = reasons[node][target] {
                    reasons[node][target] = .reference(paths + [reference.path])
                } else {
                    reasons[node][target] = .reference([reference.path])
                }
            }
        }
        addHidden(addresses: addresses, catalog: catalog)
    }

    private mutating func addHidden(addresses: [ResourceAddress], catalog: KindCatalog) {
        let hidden = Dictionary(uniqueKeysWithValues: catalog.kinds.map { ($0.kind, $0.hiddenDependencies) })
        let through = Set(hidden.values.joined().flatMap(\.through))
        guard !through.isEmpty else { return }
        var sharers: [Reference.Target: [Int]] = [:]
        for (node, address) in addresses.enumerated() where through.contains(address.kind) {
            for target in Set(references[node].map(\.target)) { sharers[target, default: []].append(node) }
        }
        for (node, address) in addresses.enumerated() {
            for hidden in hidden[address.kind] ?? [] {
                for reference in references[node] where reference.path.fieldNames == hidden.sharing.fieldNames {
                    for sharer in sharers[reference.target] ?? []
                    where sharer != node && hidden.through.contains(addresses[sharer].kind) {
                        if reasons[node][sharer] == nil { reasons[node][sharer] = .hidden(hidden.reason) }
                    }
                }
            }
        }
    }
}
