package import Planning
package import ResourceModel

/// The course of one apply: decides what is called, asked and awaited next from what has come of it so far.
///
/// A pure value. ``Executor`` carries out its actions and comes back with signals; everything that is true of an apply,
/// that a failure stops only what depends on it or that nothing starts after an interruption, is decided here.
package struct Execution: Sendable {
    package enum Signal: Sendable {
        case called(Step.ID, CallOutcome)
        case callFailed(Step.ID, StepFailure)
        /// An answer about the resources in `asked`, each with the number of its watch when it was asked about.
        case answered(KindName, asked: [ResourceAddress: Int], rows: [StatusRow])
        case askFailed(KindName, message: String)
        case woke(KindName, number: Int)
        case stored
        case storeFailed(StepFailure)
        case interrupted
        case lockLost(StepFailure)
    }

    package enum Action: Sendable {
        case call(Step)
        case ask(KindName, [SettleRequest.Item], asked: [ResourceAddress: Int])
        case sleep(KindName, until: Duration, number: Int)
        /// These have reached their final state.
        case storeFinal([ResourceAddress])
        case emit(ApplyEvent.Content)
    }

    /// Why a resource is no longer waited for, although it is not final.
    package enum EndOfWait: Sendable, Equatable {
        /// It will not become final, or not in time.
        case failed(StepFailure)
        /// The apply was interrupted or detached, or what the resource waits for has failed.
        case abandoned
    }

    /// What is waited for until its final state.
    struct Watch: Sendable {
        var item: SettleRequest.Item
        /// A watch that was ended and begun again has another number: an answer to the first says nothing of the second.
        var number: Int
        var since: Duration
    }

    let catalog: KindCatalog
    let settings: ExecutionSettings
    /// What is asked about a resource that exists; `nil` for one that does not.
    let item: @Sendable (ResourceAddress) -> SettleRequest.Item?
    /// The kind that answers for rows of a kind written in no manifest, and the other way round.
    let ownerKinds: [KindName: KindName]

    package internal(set) var scheduler: StepScheduler
    package internal(set) var board = StatusBoard()
    package internal(set) var failures: [Step.ID: StepFailure] = [:]
    /// What was watched, and is no longer, before its final state.
    package internal(set) var unsettled: [ResourceAddress: EndOfWait] = [:]
    package internal(set) var isInterrupted = false
    package internal(set) var storeFailure: StepFailure?

    var pollers: [KindName: Poller]
    /// What the last question about a kind failed with, until one is answered.
    var askFailures: [KindName: String] = [:]
    var watches: [ResourceAddress: Watch] = [:]
    var watchCount = 0
    var started: [ResourceAddress: [String: String]] = [:]
    /// What a failed or blocked step comes after: it may wait for that step in vain.
    var hopeless: Set<ResourceAddress> = []
    var hopelessSteps: Set<Step.ID> = []
    var lastChange: Duration
    var writes = 0
    var actions: [Action] = []

    package init(
        steps: [Step], catalog: KindCatalog, settings: ExecutionSettings,
        intervals: [KindName: Duration], at now: Duration,
        item: @escaping @Sendable (ResourceAddress) -> SettleRequest.Item?
    ) {
        self.catalog = catalog
        self.settings = settings
        self.item = item
        lastChange = now
        pollers = intervals.mapValues { Poller(interval: $0) }
        var ownerKinds: [KindName: KindName] = [:]
        for definition in catalog.kinds {
            for observed in definition.observedWords.keys { ownerKinds[observed] = definition.kind }
        }
        self.ownerKinds = ownerKinds
        scheduler = StepScheduler(
            steps: settings.detach ? Self.withoutIdleWaits(steps) : steps, parallelism: settings.parallelism
        ) { step in
            switch step.work {
            case .create, .update, .handOver, .adopt:
                [Milestone(step.address, is: catalog[step.address.kind]?.readyPhase ?? .created)]
            case .reach(let milestones): milestones
            case .delete, .forget: []
            }
        }
    }

    /// Leaves out waits that nothing comes after.
    private static func withoutIdleWaits(_ steps: [Step]) -> [Step] {
        let needed = Set(steps.flatMap(\.after))
        return steps.filter { step in
            if case .reach = step.work { needed.contains(step.id) } else { true }
        }
    }

    package var isDone: Bool { scheduler.isDone && watches.isEmpty && writes == 0 }

    package mutating func begin(at now: Duration) -> [Action] {
        startSteps(at: now)
        return takeActions()
    }

    package mutating func handle(_ signal: Signal, at now: Duration) -> [Action] {
        switch signal {
        case .called(let id, let outcome): called(id, outcome, at: now)
        case .callFailed(let id, let failure):
            lastChange = now
            fail(id, with: failure)
            if failure.code == .lockLost { loseLock(failure) }
        case .answered(let kind, let asked, let rows): answered(kind, asked: asked, rows: rows, at: now)
        case .askFailed(let kind, let message): askFailed(kind, message: message, at: now)
        case .woke(let kind, let number): poll(kind) { $0.woke(number) }
        case .stored: writes -= 1
        case .storeFailed(let failure):
            writes -= 1
            storeFailure = storeFailure ?? failure
            if failure.code == .lockLost { loseLock(failure) }
        case .interrupted: interrupt()
        case .lockLost(let failure): loseLock(failure)
        }
        startSteps(at: now)
        return takeActions()
    }

    private mutating func takeActions() -> [Action] {
        defer { actions = [] }
        return actions
    }
}

// MARK: - Steps

extension Execution {
    private mutating func startSteps(at now: Duration) {
        while case let steps = scheduler.start(), !steps.isEmpty {
            for step in steps {
                emit(.started(step.id, summary: step.summary))
                if case .reach(let milestones) = step.work {
                    for milestone in milestones { watchIfNeeded(owner(of: milestone.address), at: now) }
                    scheduler.beginWaiting(step.id, on: board)
                    if scheduler.state(of: step.id) == .succeeded { succeeded(step) }
                } else {
                    if !step.deletesRetiredIdentity { unwatch(step.address) }
                    actions.append(.call(step))
                }
            }
        }
    }

    private mutating func called(_ id: Step.ID, _ outcome: CallOutcome, at now: Duration) {
        lastChange = now
        let address = id.address
        switch outcome {
        case .changed(let resourceStarted):
            started[address, default: [:]].merge(resourceStarted) { _, last in last }
            let words = catalog[address.kind]?.words
            // What was observed under it belongs to what it was before: tasks of the revision that is replaced.
            for observed in group(of: address).dropFirst() { board.remove(observed) }
            show(StatusRow(address: address, phase: .created, state: words?.created ?? Phase.created.rawValue))
            if !isInterrupted { watchIfNeeded(address, at: now) }
        case .gone:
            for member in group(of: address) { board.remove(member) }
            show(StatusRow(address: address, phase: .none, state: Phase.none.rawValue))
        case .retiredGone: break
        }
        scheduler.answered(id, on: board)
        if scheduler.state(of: id) == .succeeded { emit(.succeeded(id)) }
        conclude(address)
    }

    mutating func fail(_ id: Step.ID, with failure: StepFailure) {
        let blocked = scheduler.failed(id)
        failures[id] = failure
        emit(.failed(id, failure))
        for step in blocked { emit(.blocked(step.id, by: scheduler.whyBlocked(step.id))) }
        var newlyHopeless: Set<ResourceAddress> = []
        for ended in [id] + blocked.map(\.id) {
            for step in scheduler.history(of: ended, seen: &hopelessSteps) { newlyHopeless.insert(step.address) }
        }
        hopeless.formUnion(newlyHopeless)
        for address in newlyHopeless.sorted() { conclude(address) }
    }

    mutating func succeeded(_ step: Step) {
        emit(.succeeded(step.id))
        guard case .reach(let milestones) = step.work else { return }
        for milestone in milestones { conclude(owner(of: milestone.address)) }
    }

    private mutating func interrupt() {
        guard !isInterrupted else { return }
        isInterrupted = true
        for step in scheduler.interrupt() { emit(.cancelled(step.id)) }
        for address in watches.keys {
            unsettled[address] = .abandoned
            unwatch(address)
        }
    }

    /// Whatever were started now, nobody could record what becomes of it.
    private mutating func loseLock(_ failure: StepFailure) {
        if storeFailure?.code != .lockLost { storeFailure = failure }
        interrupt()
    }

    mutating func emit(_ content: ApplyEvent.Content) {
        actions.append(.emit(content))
    }

    mutating func show(_ row: StatusRow) {
        if board.set(row) { emit(.status(row)) }
    }
}

extension Step {
    /// Deleting what a resource was before does not end the wait for what it is.
    fileprivate var deletesRetiredIdentity: Bool {
        if case .delete(_, _, retired: true) = work { true } else { false }
    }
}
