import AttributeTree
import InMemoryCloud
import Planning
import Reconciliation
import ResourceModel
import StateModel
import Synchronization
import TestSupport
import Testing

/// An apply whose lock is taken by another while it goes on.
@Suite(.tags(.medium))
struct LockLossTests {
    private let store = LosableStore()

    @Test func nothingIsStartedAndNothingRecordedAfterTheLockIsLost() async throws {
        let story = Story(
            InMemoryCloud(
                ToyKinds.all,
                script: { [store] call, moment in
                    if call.verb == .create, case .before = moment { store.lose() }
                }), store: store)
        let events = Mutex<[ApplyEvent.Content]>([])
        let result = try await story.apply(Toys.one(), settings: ExecutionSettings(parallelism: 1)) { event in
            events.withLock { $0.append(event.content) }
        }
        #expect(result.outcome == .lockLost)
        #expect(result.outcome.exitStatus == 1)
        #expect(story.cloud.resources.count == 1, "what was in flight has ended, and no more was begun")
        let state = try await store.load()
        #expect(state.intents.count == 1 && state.resources.isEmpty)
        #expect(try await store.history(limit: 1).map(\.outcome) == [.running], "it has no outcome to write")
        guard case .finished(.lockLost, _)? = events.withLock({ $0.last }) else {
            return #expect(Bool(false), "it says that it has ended")
        }

        let next = try await story.next()
        #expect(try await next.apply(Toys.one()).outcome == .succeeded)
        try await next.expectConverged(Toys.one())
    }

    @Test func aWaitEndsWhenTheLockIsLost() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all, rounds: { $0.kind == "Server" ? 1_000_000 : 1 }), store: store)
        let result = try await story.apply(Toys.one()) { [store] event in
            if case .started(let id, _) = event.content, id.verb == .await { store.lose() }
        }
        #expect(result.outcome == .lockLost)
        guard case .executed(let report) = result.ending else { return #expect(Bool(false), "it was executed") }
        #expect(report.storeFailure?.code == .lockLost)
        #expect(report.storeFailure?.message.contains("lost to bob@other") == true)
    }

    @Test func whatIsApprovedAfterTheLockIsLostIsNotBegun() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all), store: store)
        await #expect(throws: StateStoreError.lockLost(to: .other)) {
            _ = try await story.reconciler.apply(
                ReconcileRequest(.converge, DesiredSet(Toys.one())), ApplyOptions(holder: .test),
                describe: { _ in "{}" },
                approve: { [store] _ in
                    store.lose()
                    return true
                }, emit: { _ in })
        }
        #expect(story.cloud.resources == [])
        #expect(try await store.history(limit: 1) == [])
    }

    @Test func aLossIsToldAlsoOfWhatTheUserHasInterrupted() async throws {
        let interruption = Interruption()
        let story = Story(
            InMemoryCloud(
                ToyKinds.all,
                script: { [store] call, moment in
                    guard call.verb == .create, case .before = moment else { return }
                    interruption.request()
                    store.lose()
                }), store: store)
        let result = try await story.apply(
            Toys.one(), settings: ExecutionSettings(parallelism: 1), interruption: interruption)
        #expect(result.outcome == .lockLost)
    }

    @Test func whoFollowsNeedsNoLockAndLeavesTheRecordingToWhoHasIt() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all, rounds: { _ in 3 }), store: store)
        try await story.apply(Toys.one(), settings: ExecutionSettings(detach: true))
        store.lose()
        let result = try await story.whileTimePasses {
            // Another has the lock, until somebody has seen that it applies.
            try await story.reconciler.attach(
                ApplyOptions(holder: .test), begin: { [store] _, _ in store.otherEnds() }, emit: { _ in })
        }
        #expect(result.outcome == .succeeded)
    }
}

extension LockHolder {
    fileprivate static let other = LockHolder(user: "bob@other", processID: 9, command: "apply", since: 2)
}

/// A store whose lock another process takes when the test says so.
private final class LosableStore: StateStore {
    private let store = InMemoryStateStore()
    private let loss = Interruption()
    private let otherHasEnded = Mutex(false)

    private var isLost: Bool { loss.isRequested && !otherHasEnded.withLock { $0 } }

    func lose() { loss.request() }
    func otherEnds() { otherHasEnded.withLock { $0 = true } }

    private func requireLock() throws {
        if isLost { throw StateStoreError.lockLost(to: .other) }
    }

    func keepLock() async -> StateStoreError? {
        await loss.wait()
        return isLost ? .lockLost(to: .other) : nil
    }

    func record(_ events: [StateEvent]) async throws {
        try requireLock()
        try await store.record(events)
    }

    func begin(_ apply: ApplyRecord) async throws -> Int {
        try requireLock()
        return try await store.begin(apply)
    }

    func finish(
        _ id: Int, outcome: ApplyRecord.Outcome, at time: Double, report: AttributeValue?
    ) async throws {
        try requireLock()
        try await store.finish(id, outcome: outcome, at: time, report: report)
    }

    func lock(_ holder: LockHolder) async throws { try await store.lock(holder) }
    func unlock() async throws { try await store.unlock() }
    func lockStatus() async throws -> LockStatus { isLost ? .held(by: .other) : try await store.lockStatus() }
    func create() async throws {}
    func breakLock(of holder: LockHolder, as breaker: LockHolder) async throws {}
    func load() async throws -> RecordedState { try await store.load() }
    func history(limit: Int) async throws -> [ApplyRecord] { try await store.history(limit: limit) }
    func apply(_ id: Int) async throws -> ApplyRecord? { try await store.apply(id) }
}
