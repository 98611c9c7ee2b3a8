package import Planning
package import ResourceModel

/// Decides which steps may start, from what the steps that have started came to.
///
/// A pure value: it makes no call and reads no clock. A step starts when all it comes after has succeeded and, if it
/// makes a call, a slot is free; it succeeds when its call has been answered and its milestones are reached. A failure
/// stops what comes after it and nothing else. Every operation costs what it changes, whatever the size of the plan.
package struct StepScheduler: Sendable {
    package enum State: Sendable, Hashable {
        /// Something it comes after has not succeeded yet, or no slot is free.
        case waiting
        /// Its call is in flight.
        case calling
        /// Its call has been answered, or it makes none; its milestones are not reached.
        case settling
        case succeeded
        case failed
        /// Something it comes after has failed.
        case blocked
        /// It was not started because of an interruption.
        case cancelled
    }

    private struct Entry {
        var step: Step
        var milestones: [Milestone]
        var state = State.waiting
        /// How many of the steps it comes after have not succeeded.
        var unmet = 0
        var after: [Int] = []
        var before: [Int] = []
    }

    private let parallelism: Int
    private var entries: [Entry]
    private let positions: [Step.ID: Int]
    /// What may start, in the order in which it became possible: what makes a call, and what only waits.
    private var callable = Queue<Int>()
    private var waitable = Queue<Int>()
    private var waitingFor: [ResourceAddress: Set<Int>] = [:]
    private var calling = 0
    private var unfinished: Int
    private var isInterrupted = false

    /// - Parameters:
    ///   - parallelism: How many calls may be in flight; at least 1.
    ///   - milestones: What must be reached before a step has succeeded.
    package init(steps: [Step], parallelism: Int, milestones: (Step) -> [Milestone]) {
        precondition(parallelism > 0)
        self.parallelism = parallelism
        positions = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1.id, $0) })
        entries = steps.map { Entry(step: $0, milestones: milestones($0)) }
        unfinished = entries.count
        for index in entries.indices {
            for case let predecessor? in Set(entries[index].step.after).map({ positions[$0] }) {
                entries[index].after.append(predecessor)
                entries[predecessor].before.append(index)
            }
            entries[index].unmet = entries[index].after.count
            if entries[index].unmet == 0 { makeReady(index) }
        }
    }

    private mutating func makeReady(_ index: Int) {
        if case .reach = entries[index].step.work {
            waitable.append(index)
        } else {
            callable.append(index)
        }
    }

    /// Everything has come to an end, or nothing more will be started and nothing is in flight.
    package var isDone: Bool { unfinished == 0 }
    package var isCalling: Bool { calling > 0 }

    package func state(of id: Step.ID) -> State? { positions[id].map { entries[$0].state } }

    /// Whether a step that has started waits for this address to come further.
    package func isAwaited(_ address: ResourceAddress) -> Bool { waitingFor[address]?.isEmpty == false }

    /// The steps that waiting for this address keeps from succeeding.
    package func steps(awaiting address: ResourceAddress) -> [Step] {
        (waitingFor[address] ?? []).sorted().map { entries[$0].step }
    }

    /// The failed steps because of which a step was not started, in the order of the plan.
    package func whyBlocked(_ id: Step.ID) -> [Step.ID] {
        var roots: Set<Int> = []
        var seen: Set<Int> = []
        var pending = positions[id].map { [$0] } ?? []
        while let index = pending.popLast() {
            for predecessor in entries[index].after where seen.insert(predecessor).inserted {
                switch entries[predecessor].state {
                case .failed: roots.insert(predecessor)
                case .blocked: pending.append(predecessor)
                case .waiting, .calling, .settling, .succeeded, .cancelled: break
                }
            }
        }
        return roots.sorted().map { entries[$0].step.id }
    }

    /// Everything a step comes after, however far, and the step itself; steps in `seen` are not gone into again.
    package func history(of id: Step.ID, seen: inout Set<Step.ID>) -> [Step] {
        var found: [Step] = []
        var pending = positions[id].map { [$0] } ?? []
        while let index = pending.popLast() {
            guard seen.insert(entries[index].step.id).inserted else { continue }
            found.append(entries[index].step)
            pending += entries[index].after
        }
        return found
    }
}

// MARK: - What happened

extension StepScheduler {
    /// Takes the steps that start now. Steps that only wait do not need a slot.
    package mutating func start() -> [Step] {
        var started: [Step] = []
        while let index = waitable.popFirst() {
            entries[index].state = .settling
            started.append(entries[index].step)
        }
        while calling < parallelism, let index = callable.popFirst() {
            calling += 1
            entries[index].state = .calling
            started.append(entries[index].step)
        }
        return started
    }

    /// The call of a step has been answered well.
    package mutating func answered(_ id: Step.ID, on board: StatusBoard) {
        guard let index = positions[id], entries[index].state == .calling else { return }
        calling -= 1
        settle(index, on: board)
    }

    /// A step that only waits begins to wait.
    package mutating func beginWaiting(_ id: Step.ID, on board: StatusBoard) {
        guard let index = positions[id], entries[index].state == .settling else { return }
        settle(index, on: board)
    }

    /// A row has changed. Returns the steps that have succeeded by it.
    package mutating func rowChanged(_ address: ResourceAddress, on board: StatusBoard) -> [Step] {
        var succeeded: [Step] = []
        for index in (waitingFor[address] ?? []).sorted() where hasReachedAll(index, on: board) {
            succeed(index)
            succeeded.append(entries[index].step)
        }
        return succeeded
    }

    /// A step will not succeed. Returns what was blocked by it, in the order of the plan.
    package mutating func failed(_ id: Step.ID) -> [Step] {
        guard let index = positions[id], [.calling, .settling].contains(entries[index].state) else { return [] }
        if entries[index].state == .calling { calling -= 1 }
        stopAwaiting(index)
        entries[index].state = .failed
        unfinished -= 1
        return block(after: index)
    }

    /// Nothing more is started, and nothing is waited for. Returns what will not be started.
    package mutating func interrupt() -> [Step] {
        isInterrupted = true
        (callable, waitable) = (Queue(), Queue())
        var cancelled: [Step] = []
        for index in entries.indices {
            switch entries[index].state {
            case .waiting:
                entries[index].state = .cancelled
                unfinished -= 1
                cancelled.append(entries[index].step)
            case .settling: unfinished -= 1
            case .calling, .succeeded, .failed, .blocked, .cancelled: break
            }
        }
        waitingFor = [:]
        return cancelled
    }

    private mutating func settle(_ index: Int, on board: StatusBoard) {
        entries[index].state = .settling
        guard !hasReachedAll(index, on: board) else { return succeed(index) }
        guard !isInterrupted else {
            unfinished -= 1
            return
        }
        for milestone in entries[index].milestones { waitingFor[milestone.address, default: []].insert(index) }
    }

    private func hasReachedAll(_ index: Int, on board: StatusBoard) -> Bool {
        entries[index].milestones.allSatisfy(board.hasReached)
    }

    private mutating func stopAwaiting(_ index: Int) {
        for milestone in entries[index].milestones { waitingFor[milestone.address]?.remove(index) }
    }

    private mutating func succeed(_ index: Int) {
        stopAwaiting(index)
        entries[index].state = .succeeded
        unfinished -= 1
        for successor in entries[index].before {
            entries[successor].unmet -= 1
            if entries[successor].unmet == 0, entries[successor].state == .waiting { makeReady(successor) }
        }
    }

    private mutating func block(after index: Int) -> [Step] {
        var blocked: [Int] = []
        var pending = entries[index].before
        while let successor = pending.popLast() {
            guard entries[successor].state == .waiting else { continue }
            entries[successor].state = .blocked
            unfinished -= 1
            blocked.append(successor)
            pending += entries[successor].before
        }
        return blocked.sorted().map { entries[$0].step }
    }
}
