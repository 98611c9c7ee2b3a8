import ResourceGraph
import ResourceModel

/// The steps of a plan while they are put together, and what comes before what.
struct Assembly {
    /// The steps of one resource, by their number.
    struct Parts {
        var adopt: Int?
        /// Brings it to the form in which it refers to what is replaced and to what takes its place.
        var pass: Int?
        /// It has that form, or gets it, before it is made what it is to be.
        var isPassing = false
        /// Creates, registers or changes it.
        var make: Int?
        /// Wait for it, each after the one before.
        var settle: [Int] = []
        /// Deletes or forgets what it is now.
        var delete: Int?
        /// Delete what it was before.
        var retire: [Int] = []

        /// From here on dependents may start.
        var ready: Int? { isPassing ? pass ?? adopt : made }
        /// From here on it is what it is to be.
        var made: Int? { make ?? adopt }
        /// From here on nothing of what it was is in use.
        var moved: Int? { settle.last ?? made }
    }

    let request: PlanRequest
    let graph: ResourceGraph
    let decisions: [Decision]
    let kindPositions: [KindName: Int]
    private(set) var steps: [Step] = []
    private var ranks: [Rank] = []
    var parts: [ResourceAddress: Parts] = [:]
    var precedence = Precedence()

    init(_ request: PlanRequest, graph: ResourceGraph, decisions: [Decision]) {
        self.request = request
        self.graph = graph
        self.decisions = decisions
        kindPositions = Dictionary(uniqueKeysWithValues: request.catalog.kinds.enumerated().map { ($1.kind, $0) })
        for decision in decisions { addWork(for: decision) }
        for decision in decisions { addSettling(of: decision) }
        for decision in decisions where !decision.handover.isEmpty { addHandover(of: decision) }
        awaitUnfinished()
        orderMaking()
        orderDeletion()
    }

    mutating func add(_ step: Step, _ stage: Rank.Stage) -> Int {
        let position = kindPositions[step.address.kind] ?? kindPositions.count
        ranks.append(
            Rank(
                stage: stage, kind: stage == .delete ? -position : position, name: step.address.name,
                number: steps.count))
        steps.append(step)
        return steps.count - 1
    }

    /// The steps in the order in which they are read, each with those it comes after.
    func ordered() -> [Step] {
        let byRank = ranks.indices.sorted { ranks[$0] < ranks[$1] }
        var numbers = [Int](repeating: 0, count: steps.count)
        for (number, index) in byRank.enumerated() { numbers[index] = number }
        let before = precedence.dependencies(count: steps.count, numbers: numbers)
        let order = DependencyOrder(dependencies: before).nodes
        var positions = [Int](repeating: 0, count: steps.count)
        for (position, node) in order.enumerated() { positions[node] = position }
        return order.map { node in
            var step = steps[byRank[node]]
            step.after = before[node].sorted { positions[$0] < positions[$1] }.map { steps[byRank[$0]].id }
            return step
        }
    }
}

/// Where a step is read among those that may come next: what is made, kind by kind as the catalog lists them; what is
/// waited for; what is deleted, the other way round.
struct Rank: Comparable {
    enum Stage: Int {
        case make, settle, delete
    }

    var stage: Stage
    var kind: Int
    var name: String
    var number: Int

    static func < (left: Rank, right: Rank) -> Bool {
        (left.stage.rawValue, left.kind, left.name, left.number)
            < (right.stage.rawValue, right.kind, right.name, right.number)
    }
}
