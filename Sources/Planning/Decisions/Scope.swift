import Diagnostics
import ResourceGraph
import ResourceModel
import StateModel

/// Which resources a plan is about, in the order in which they are decided.
struct Scope {
    let order: [ResourceAddress]
    let diagnostics: [Diagnostic]

    init(_ request: PlanRequest, graph: ResourceGraph) {
        let recorded = request.recorded.resources
        let orphans = recorded.keys.filter { request.desired[$0] == nil }.sorted()
        let known = graph.order + orphans
        let isKnown = Set(known)
        diagnostics = [("--target", request.targets ?? []), ("--adopt", request.adopt)].flatMap { option, addresses in
            addresses.sorted().filter { !isKnown.contains($0) }.map {
                Diagnostic.unknownAddress($0, option: option, among: known)
            }
        }
        guard let targets = request.targets?.intersection(isKnown) else {
            order = known
            return
        }
        let found =
            switch request.goal {
            case .converge: graph.closure(of: targets).union(Self.dependents(of: targets, request, graph, orphans))
            case .rollBack: targets
            case .destroy: Self.dependents(of: targets, request, graph, known)
            }
        order = known.filter(found.contains)
    }

    /// Those of the candidates that were made after one of these, directly or not, and these.
    private static func dependents(
        of targets: Set<ResourceAddress>, _ request: PlanRequest, _ graph: ResourceGraph,
        _ candidates: [ResourceAddress]
    ) -> Set<ResourceAddress> {
        var dependents: [ResourceAddress: [ResourceAddress]] = [:]
        for address in candidates {
            let recorded = request.recorded.resources[address]?.dependencies
            for dependency in recorded ?? graph.dependencies(of: address).map(\.address) {
                dependents[dependency, default: []].append(address)
            }
        }
        var found = targets
        var queue = Array(targets)
        while let address = queue.popLast() {
            for dependent in dependents[address] ?? [] where found.insert(dependent).inserted {
                queue.append(dependent)
            }
        }
        return found
    }
}
