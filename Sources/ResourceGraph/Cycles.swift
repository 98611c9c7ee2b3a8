/// The cycles of a graph of numbered nodes, found with Tarjan's algorithm in time linear to nodes and edges.
package struct Cycles: Sendable, Equatable {
    /// The nodes that reach each other, ascending: one list for each group, in the order of their first nodes. A node
    /// that depends on itself is a group.
    package let groups: [[Int]]

    package init(dependencies: [[Int]]) {
        var search = Search(dependencies: dependencies)
        for node in dependencies.indices where search.number[node] == nil { search.visit(from: node) }
        groups = search.groups.sorted { $0[0] < $1[0] }
    }

    /// A shortest way through the dependencies of a group from its first node back to it, which is named once.
    package static func path(through group: [Int], dependencies: [[Int]]) -> [Int] {
        let members = Set(group)
        let start = group[0]
        var reachedFrom: [Int: Int] = [:]
        var queue = [start]
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            for dependency in dependencies[node] where members.contains(dependency) {
                if dependency == start { return way(to: node, from: start, reachedFrom) }
                if reachedFrom[dependency] == nil {
                    reachedFrom[dependency] = node
                    queue.append(dependency)
                }
            }
        }
        return [start]
    }

    private static func way(to end: Int, from start: Int, _ reachedFrom: [Int: Int]) -> [Int] {
        var way = [end]
        while let last = way.last, last != start, let previous = reachedFrom[last] { way.append(previous) }
        return way.reversed()
    }
}

/// Depth first with a stack of its own: a chain of 10,000 resources must not exhaust the thread's.
private struct Search {
    let dependencies: [[Int]]
    /// In the order of discovery.
    var number: [Int?]
    var lowest: [Int]
    var groups: [[Int]] = []
    private var count = 0
    private var open: [Int] = []
    private var isOpen: [Bool]
    private var calls: [(node: Int, nextDependency: Int)] = []

    init(dependencies: [[Int]]) {
        self.dependencies = dependencies
        number = Array(repeating: nil, count: dependencies.count)
        lowest = Array(repeating: 0, count: dependencies.count)
        isOpen = Array(repeating: false, count: dependencies.count)
    }

    mutating func visit(from root: Int) {
        enter(root)
        while let (node, next) = calls.last {
            guard next < dependencies[node].count else {
                leave(node)
                continue
            }
            calls[calls.count - 1].nextDependency += 1
            let dependency = dependencies[node][next]
            if let found = number[dependency] {
                if isOpen[dependency] { lowest[node] = min(lowest[node], found) }
            } else {
                enter(dependency)
            }
        }
    }

    private mutating func enter(_ node: Int) {
        number[node] = count
        lowest[node] = count
        count += 1
        open.append(node)
        isOpen[node] = true
        calls.append((node, 0))
    }

    private mutating func leave(_ node: Int) {
        calls.removeLast()
        if let caller = calls.last?.node { lowest[caller] = min(lowest[caller], lowest[node]) }
        guard lowest[node] == number[node] else { return }
        var group: [Int] = []
        while let member = open.popLast() {
            isOpen[member] = false
            group.append(member)
            if member == node { break }
        }
        if group.count > 1 || dependencies[node].contains(node) { groups.append(group.sorted()) }
    }
}
