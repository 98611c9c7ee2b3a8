import AttributeTree
import InMemoryCloud
import Planning
import Reconciliation
import ResourceModel
import StateModel
import Synchronization
import TestSupport
import Testing

/// A process that is killed at any moment between two writes, and the one that comes after it.
@Suite(.tags(.medium))
struct CrashTests {
    struct Crash: Sendable, CustomTestStringConvertible {
        /// The write at which the process dies, from one.
        var write: Int
        /// Whether that write still reaches the disk.
        var isStored: Bool

        var testDescription: String { "\(isStored ? "after" : "before") write \(write)" }

        static let all = (1...14).flatMap { write in [false, true].map { Crash(write: write, isStored: $0) } }
    }

    @Test(arguments: Crash.all)
    func theNextApplyConvergesWithoutDoubleOrOrphan(crash: Crash) async throws {
        try await survive(crash, from: [], to: Toys.one())
    }

    /// Another revision, a replacement, an update and a removal in one.
    @Test(arguments: Crash.all)
    func soItDoesWhenSomethingExistedBefore(crash: Crash) async throws {
        try await survive(
            crash, from: Toys.one() + [.toy("Image/old", ["content": "x"])],
            to: Toys.one(range: "11/8", content: "v2", size: 3))
    }

    @Test(arguments: Crash.all)
    func soItDoesWhenEverythingIsRemoved(crash: Crash) async throws {
        try await survive(crash, from: Toys.one(), to: [])
    }

    private func survive(
        _ crash: Crash, from before: [DesiredResource], to after: [DesiredResource]
    ) async throws {
        let process = Process()
        let cloud = InMemoryCloud(ToyKinds.all, script: { _, _ in try process.requireLife() })
        let store = InMemoryStateStore()
        try await Story(cloud, store: store).apply(before)

        process.willDie(at: crash)
        _ = try? await Story(cloud, store: MortalStore(store, of: process)).apply(after)
        process.isReplaced()

        let next = Story(cloud, store: InMemoryStateStore(try await store.load()))
        #expect(try await next.apply(after).outcome == .succeeded)
        try await next.expectConverged(after)
    }
}

/// A process that dies at a write: from then on it makes no call and no write.
private final class Process: Sendable {
    struct Dead: Error {}

    private struct State: Sendable {
        var crash: CrashTests.Crash?
        var writes = 0
        var isDead = false
    }

    private let state = Mutex(State())

    func willDie(at crash: CrashTests.Crash) {
        state.withLock { $0 = State(crash: crash) }
    }

    func isReplaced() {
        state.withLock { $0 = State() }
    }

    func requireLife() throws {
        if state.withLock({ $0.isDead }) { throw Dead() }
    }

    /// Returns whether the write reaches the disk.
    func writes() throws -> Bool {
        try requireLife()
        return state.withLock { state in
            state.writes += 1
            guard let crash = state.crash, state.writes == crash.write else { return true }
            state.isDead = true
            return crash.isStored
        }
    }
}

/// The store of a process that may die.
private struct MortalStore: StateStore {
    let store: InMemoryStateStore
    let process: Process

    init(_ store: InMemoryStateStore, of process: Process) {
        self.store = store
        self.process = process
    }

    func record(_ events: [StateEvent]) async throws {
        for event in events {
            if try process.writes() { try await store.record(event) }
            try process.requireLife()
        }
    }

    func load() async throws -> RecordedState { try await store.load() }
    func lock(_ holder: LockHolder) async throws {}
    func unlock() async throws {}
    func lockStatus() async throws -> LockStatus { .free }
    func create() async throws {}
    func keepLock() async -> StateStoreError? { nil }
    func breakLock(of holder: LockHolder, as breaker: LockHolder) async throws {}
    func begin(_ apply: ApplyRecord) async throws -> Int { try await store.begin(apply) }

    func finish(
        _ id: Int, outcome: ApplyRecord.Outcome, at time: Double, report: AttributeValue?
    ) async throws {
        try process.requireLife()
        try await store.finish(id, outcome: outcome, at: time, report: report)
    }

    func history(limit: Int) async throws -> [ApplyRecord] { try await store.history(limit: limit) }
    func apply(_ id: Int) async throws -> ApplyRecord? { try await store.apply(id) }
}
