import InMemoryCloud
import Planning
import Reconciliation
import ResourceModel
import StateModel
import Synchronization
import TestSupport
import Testing

/// A cloud, a store and a clock, and the applies that a test tells of.
struct Story: Sendable {
    static let owner = Owner(project: "toys", environment: "test")

    let cloud: InMemoryCloud
    let store: any StateStore
    let clock = ManualClock()

    init(_ cloud: InMemoryCloud, store: any StateStore = InMemoryStateStore()) {
        self.cloud = cloud
        self.store = store
    }

    /// The same cloud and what was stored, seen by the next process.
    func next() async throws -> Story {
        Story(cloud, store: InMemoryStateStore(try await store.load()))
    }

    var reconciler: Reconciler {
        Reconciler(
            provider: cloud, store: store, owner: Self.owner, effects: .scripted(clock: clock), planner: Planner.plan)
    }

    func plan(_ desired: [DesiredResource], _ goal: PlanRequest.Goal = .converge) async throws -> PreparedPlan {
        try await reconciler.plan(ReconcileRequest(goal, DesiredSet(desired)))
    }

    /// Time passes as fast as it can while this runs.
    @discardableResult
    func apply(
        _ desired: [DesiredResource], _ goal: PlanRequest.Goal = .converge,
        settings: ExecutionSettings = ExecutionSettings(), interruption: Interruption = Interruption(),
        saved: PlanFingerprint? = nil, emit: @escaping @Sendable (ApplyEvent) -> Void = { _ in }
    ) async throws -> ApplyResult {
        let options = ApplyOptions(
            holder: .test, settings: settings, saved: saved, interruption: interruption)
        let request = ReconcileRequest(goal, DesiredSet(desired))
        return try await whileTimePasses {
            try await reconciler.apply(
                request, options, describe: { _ in "{}" }, approve: { _ in true }, emit: emit)
        }
    }

    /// Ends as every story has to: everything final, nothing left to do, the state sound and with nothing pending.
    func expectConverged(
        _ desired: [DesiredResource], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let prepared = try await plan(desired)
        #expect(
            prepared.plan.steps.map(\.id.description) == [], "the next plan is empty", sourceLocation: sourceLocation)
        let state = try await store.load()
        #expect(state.violations() == [], sourceLocation: sourceLocation)
        #expect(state.intents == [], sourceLocation: sourceLocation)
        #expect(
            state.resources.values.filter { $0.phase != .final }.map(\.address) == [], sourceLocation: sourceLocation)
        #expect(Set(state.resources.keys) == Set(desired.map(\.address)), sourceLocation: sourceLocation)
        let recorded = state.resources.values.flatMap { [$0.identity.id] + $0.retired.map(\.identity.id) }
        #expect(
            Set(cloud.resources.map(\.id)) == Set(recorded), "nothing exists that is not recorded",
            sourceLocation: sourceLocation)
        #expect(clock.sleeperCount == 0, sourceLocation: sourceLocation)
    }

    func expectNothingLeft(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let state = try await store.load()
        #expect(state.resources.isEmpty && state.intents.isEmpty, sourceLocation: sourceLocation)
        #expect(cloud.resources == [], sourceLocation: sourceLocation)
    }

    func whileTimePasses<Result: Sendable>(
        _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [clock] in
                while !Task.isCancelled {
                    clock.advanceToNextDeadline()
                    await Task.yield()
                }
            }
            defer { group.cancelAll() }
            return try await work()
        }
    }
}

extension LockHolder {
    static let test = LockHolder(user: "ada@engine", processID: 7, command: "apply", since: 1)
}

extension Effects {
    /// Numbered tokens, a clock that stands at one second, and a hash that is short to read.
    static func scripted(clock: ManualClock) -> Effects {
        let counter = Counter()
        return Effects(
            clock: clock, time: { 1 },
            makeClientToken: { "token-\(counter.next())" },
            hash: { text in
                // FNV-1a.
                let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
                return String(hash, radix: 16)
            })
    }
}

/// Counts from one.
final class Counter: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
}
