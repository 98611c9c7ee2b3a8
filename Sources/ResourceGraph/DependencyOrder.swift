import HeapModule

/// The order of numbered nodes of which each comes after those it depends on. Among the nodes that may come next, the
/// lowest number does, so that equal inputs give equal orders.
package struct DependencyOrder: Sendable, Equatable {
    /// Every node that is neither on a cycle nor behind one.
    package let nodes: [Int]
    /// By node: the number of nodes on the longest way to one that depends on nothing.
    package let levels: [Int]

    /// - Parameter dependencies: by node, the nodes it comes after, each once.
    package init(dependencies: [[Int]]) {
        var waiting = dependencies.map(\.count)
        var dependents = [[Int]](repeating: [], count: dependencies.count)
        for (node, before) in dependencies.enumerated() {
            for dependency in before { dependents[dependency].append(node) }
        }
        var levels = [Int](repeating: 0, count: dependencies.count)
        var ready = Heap(dependencies.indices.filter { waiting[$0] == 0 })
        var nodes: [Int] = []
        nodes.reserveCapacity(dependencies.count)
        while let node = ready.popMin() {
            nodes.append(node)
            for dependent in dependents[node] {
                levels[dependent] = max(levels[dependent], levels[node] + 1)
                waiting[dependent] -= 1
                if waiting[dependent] == 0 { ready.insert(dependent) }
            }
        }
        self.nodes = nodes
        self.levels = levels
    }
}
