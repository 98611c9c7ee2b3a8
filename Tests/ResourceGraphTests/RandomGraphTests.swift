import ResourceGraph
import TestSupport
import Testing

@Suite("Any graph of numbered nodes", .tags(.small))
struct RandomGraphTests {
    /// Up to 30 nodes, each of which depends on others at random: on lower ones, or on any.
    private func dependencies(seed: UInt64, isAcyclic: Bool) -> [[Int]] {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...30, using: &generator)
        return (0..<count).map { node in
            let candidates = isAcyclic ? Array(0..<node) : Array(0..<count)
            return candidates.filter { _ in Int.random(in: 0..<12, using: &generator) == 0 }
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func `without a cycle has an order in which every node comes after what it depends on`(seed: UInt64) {
        let dependencies = dependencies(seed: seed, isAcyclic: true)
        let order = DependencyOrder(dependencies: dependencies)
        var positions = [Int](repeating: -1, count: dependencies.count)
        for (position, node) in order.nodes.enumerated() { positions[node] = position }
        #expect(order.nodes.sorted() == Array(dependencies.indices))
        for (node, before) in dependencies.enumerated() {
            #expect(before.allSatisfy { positions[$0] < positions[node] })
            #expect(order.levels[node] == (before.map { order.levels[$0] + 1 }.max() ?? 0))
        }
        #expect(Cycles(dependencies: dependencies).groups.isEmpty)
    }

    @Test(arguments: UInt64(0)..<200)
    func `has in its groups exactly the nodes that reach themselves`(seed: UInt64) {
        let dependencies = dependencies(seed: seed, isAcyclic: false)
        let cycles = Cycles(dependencies: dependencies)
        let reaching = dependencies.indices.filter { reach($0, in: dependencies).contains($0) }
        #expect(cycles.groups.joined().sorted() == reaching)
        #expect(DependencyOrder(dependencies: dependencies).nodes.allSatisfy { !reaching.contains($0) })
        for group in cycles.groups {
            let path = Cycles.path(through: group, dependencies: dependencies)
            #expect(path.first == group.first)
            for (index, node) in path.enumerated() {
                #expect(dependencies[node].contains(path[(index + 1) % path.count]))
            }
        }
    }

    @Test func `may be a chain of 100,000`() {
        let chain = (0..<100_000).map { $0 == 0 ? [] : [$0 - 1] }
        #expect(DependencyOrder(dependencies: chain).levels.last == 99_999)
        #expect(Cycles(dependencies: chain).groups.isEmpty)
    }

    private func reach(_ start: Int, in dependencies: [[Int]]) -> Set<Int> {
        var found: Set<Int> = []
        var queue = dependencies[start]
        while let node = queue.popLast() {
            if found.insert(node).inserted { queue += dependencies[node] }
        }
        return found
    }
}
