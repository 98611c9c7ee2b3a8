import AttributeTree
package import Planning
import ResourceModel
import StateModel

extension Reconciler {
    /// Follows what applies have set going until it is final, or will not be: with the display, the outcome and the truth of
    /// an apply, and without changing anything. While another process applies, what that starts is followed too.
    ///
    /// It needs no lock to look. What has become final is recorded at the end, unless somebody else has the lock then, who
    /// finds it out too.
    ///
    /// - Parameter begin: Sees what is followed as a plan of steps that wait, whenever there is something to follow.
    /// - Throws: ``StateStoreError``.
    package func attach(
        _ options: ApplyOptions, begin: @Sendable (OngoingWork, Plan) -> Void,
        emit: @escaping @Sendable (ApplyEvent) -> Void
    ) async throws -> AttachResult {
        var report: ExecutionReport?
        var work = try await lookForWork()
        while report.map({ $0.outcome == .succeeded }) ?? true, !options.interruption.isRequested {
            if !work.unfinished.isEmpty {
                // Somebody else has begun more meanwhile, or has the lock and will record what has become final.
                if report != nil { await pause(until: options.interruption) }
                let plan = plan(following: work)
                begin(work, plan)
                report = try await follow(plan, options, emit: emit)
            } else if work.holder != nil {
                begin(work, Plan(changes: [], steps: []))
                await pause(until: options.interruption)
            } else {
                break
            }
            work = try await lookForWork()
        }
        var result = AttachResult(report: report, last: work.last, undone: try undone(work))
        if options.interruption.isRequested, !work.unfinished.isEmpty || work.holder != nil {
            result.outcome = .interrupted
        }
        emit(ApplyEvent(time: effects.time(), content: .finished(result.outcome, calls: provider.calls)))
        return result
    }

    private func lookForWork() async throws -> OngoingWork {
        // In this order: an apply that ends in between is taken for one that goes on, and looked at again.
        let holder = try await store.lockHolder()
        return OngoingWork(
            try await store.load(), catalog: provider.catalog, last: try await store.history(limit: 1).first,
            holder: holder)
    }

    private func undone(_ work: OngoingWork) throws -> AttachResult.Undone {
        // What is still under way is not undone.
        work.holder != nil ? .nothing : try .init(of: work.last)
    }

    private func plan(following work: OngoingWork) -> Plan {
        Plan(
            changes: [],
            steps: work.unfinished.map { address in
                let words = provider.catalog[address.kind]?.words
                return Step(
                    id: Step.ID(verb: .await, address: address), work: .reach([Milestone(address, is: .final)]),
                    calls: [],
                    summary: "await \(address.kind.words) \(address.name): \(words?.final ?? Phase.final.rawValue)",
                    impact: .none, reasons: [], after: [])
            })
    }

    private func follow(
        _ plan: Plan, _ options: ApplyOptions, emit: @escaping @Sendable (ApplyEvent) -> Void
    ) async throws -> ExecutionReport {
        let recorded = try await store.load()
        let journal = StateJournal(recorded, in: LookingOnlyStore(store: store))
        let world = EngineWorld(
            owner: owner, desired: .empty, catalog: provider.catalog, observed: ObservedWorld(),
            dependencies: { _ in [] }, secrets: SecretDigest(salt: recorded.salt, hash: effects.hash), effects: effects)
        let report = await Executor(
            provider: provider, journal: journal, world: world, settings: options.settings, emit: emit
        ).run(plan, started: recorded.resources.mapValues(\.started), interruption: options.interruption)
        try await record(journal.current, followedFrom: recorded, as: options.holder)
        return report
    }

    /// Records what has become final, where nobody has changed it meanwhile and nobody has the lock.
    private func record(
        _ followed: RecordedState, followedFrom before: RecordedState, as holder: LockHolder
    ) async throws {
        let final = followed.resources.values.filter { $0 != before.resources[$0.address] }
        guard !final.isEmpty else { return }
        do {
            // Who has lost the lock learns it from what cannot be recorded.
            try await store.whileLocked(by: holder, lost: { _ in }) {
                let recorded = try await store.load()
                let unchanged = final.sorted { $0.address < $1.address }.filter {
                    recorded.resources[$0.address] == before.resources[$0.address]
                }
                try await StateJournal(recorded, in: store).record(
                    unchanged.map { .recorded($0, completing: nil) })
            }
        } catch StateStoreError.locked, StateStoreError.lockLost {
            return
        }
    }

    private func pause(until interruption: Interruption) async {
        let due = effects.elapsed() + .seconds(1)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await interruption.wait() }
            group.addTask { [effects] in try? await effects.sleep(due) }
            _ = await group.next()
            group.cancelAll()
        }
    }
}

/// The store of who only looks: it says that it has recorded, and has not.
private struct LookingOnlyStore: StateStore {
    let store: any StateStore

    func load() async throws -> RecordedState { try await store.load() }
    func lockStatus() async throws -> LockStatus { try await store.lockStatus() }
    func history(limit: Int) async throws -> [ApplyRecord] { try await store.history(limit: limit) }
    func apply(_ id: Int) async throws -> ApplyRecord? { try await store.apply(id) }

    func create() async throws {}
    func lock(_ holder: LockHolder) async throws {}
    func keepLock() async -> StateStoreError? { nil }
    func breakLock(of holder: LockHolder, as breaker: LockHolder) async throws {}
    func unlock() async throws {}
    func record(_ events: [StateEvent]) async throws {}
    func begin(_ apply: ApplyRecord) async throws -> Int { 0 }
    func finish(
        _ id: Int, outcome: ApplyRecord.Outcome, at time: Double, report: AttributeValue?
    ) async throws {}
}
