import ResourceGraph

/// Which step comes after which.
///
/// What is needed — a dependency is there before its dependent is made, and goes after it; a name is free before it is
/// taken again — has no cycle, as neither the desired nor the recorded dependencies have one. What is only better, that
/// a resource moves away from something before that is deleted, may contradict it: a service that moves from a group
/// that is deleted to one that is replaced, with the first depending on the second. There it gives way.
struct Precedence {
    private struct Edge: Hashable {
        var before: Int
        var after: Int
    }

    private var needed: Set<Edge> = []
    private var better: Set<Edge> = []

    mutating func need(_ before: Int?, before after: Int?) {
        guard let before, let after, before != after else { return }
        needed.insert(Edge(before: before, after: after))
    }

    mutating func prefer(_ before: Int?, before after: Int?) {
        guard let before, let after, before != after else { return }
        better.insert(Edge(before: before, after: after))
    }

    /// - Parameter numbers: what each step is to be called.
    func dependencies(count: Int, numbers: [Int]) -> [[Int]] {
        let all = Self.lists(needed.union(better), count, numbers)
        let cycles = Cycles(dependencies: all).groups
        guard !cycles.isEmpty else { return all }
        var group: [Int: Int] = [:]
        for (index, members) in cycles.enumerated() {
            for member in members { group[member] = index }
        }
        let kept = better.filter { edge in
            let ends = (group[numbers[edge.before]], group[numbers[edge.after]])
            return ends.0 == nil || ends.0 != ends.1
        }
        return Self.lists(needed.union(kept), count, numbers)
    }

    private static func lists(_ edges: Set<Edge>, _ count: Int, _ numbers: [Int]) -> [[Int]] {
        var lists = [[Int]](repeating: [], count: count)
        for edge in edges { lists[numbers[edge.after]].append(numbers[edge.before]) }
        return lists.map { $0.sorted() }
    }
}
