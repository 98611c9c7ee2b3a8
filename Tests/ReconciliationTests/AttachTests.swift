import InMemoryCloud
import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("Attaching", .tags(.medium))
struct AttachTests {
    private let server = ResourceAddress.of("Server/web")

    private func detached(rounds: Int = 4) async throws -> Story {
        let story = Story(InMemoryCloud(ToyKinds.all, rounds: { _ in rounds }))
        try await story.apply(Toys.one(), settings: ExecutionSettings(detach: true))
        return story
    }

    @Test func `follows what was detached to its end, and records it`() async throws {
        let story = try await detached()
        #expect(try await story.store.load().resources[server]?.phase == .created)
        let events = EventLog()
        let result = try await story.attach(emit: events.add)
        #expect(result.outcome == .succeeded && result.undone == .nothing)
        #expect(events.steps.first == "started await Server/web")
        #expect(events.steps.last == "finished succeeded")
        try await story.expectConverged(Toys.one())
        #expect(try await story.store.load().resources[server]?.proven.count == 1)
        #expect(try await story.store.lockHolder() == nil)
        let again = try await story.attach()
        #expect(again.outcome == .succeeded && again.report == nil)
    }

    @Test func `tells the truth about what was taken back`() async throws {
        let story = try await detached()
        let id = try #require(story.cloud.resources.first { $0.kind == "Server" }).id
        story.cloud.meddle(id) { $0?.failure = SettleFailure(.rolledBack, "the breaker tripped") }
        let result = try await story.attach()
        #expect(result.outcome == .rolledBack)
        #expect(result.report?.unsettled.first?.failure?.message == "the breaker tripped")
        #expect(try await story.store.load().resources[server]?.phase == .created)
    }

    @Test func `looks at the deployment that was started, by its recorded id`() async throws {
        let story = try await detached()
        let started = try await story.store.load().resources[server]?.started
        let result = try await story.attach()
        #expect(result.report?.started[server] == started)
        #expect(started?.isEmpty == false)
    }

    @Test func `is no success when an apply did not come to everything`() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        let interruption = Interruption()
        try await story.apply(
            Toys.one(), interruption: interruption,
            emit: { event in if case .started = event.content { interruption.request() } })
        let result = try await story.attach()
        #expect(result.outcome == .failed)
        guard case .steps(let steps) = result.undone else {
            Issue.record("\(result.undone)")
            return
        }
        #expect(steps.contains("create Server/web"))
        try await story.apply(Toys.one())
        try await story.expectConverged(Toys.one())
    }

    @Test func `records nothing while somebody else has the lock, and goes on until that is free`() async throws {
        let story = try await detached()
        try await story.store.lock(.test)
        let interruption = Interruption()
        let holders = Counter()
        let result = try await story.attach(
            interruption: interruption,
            begin: { work, _ in
                #expect(work.holder == .test)
                if holders.next() == 3 { interruption.request() }
            })
        #expect(result.outcome == .interrupted)
        #expect(try await story.store.load().resources[server]?.phase == .created)
        try await story.store.unlock()
        #expect(try await story.attach().outcome == .succeeded)
    }
}

extension Story {
    fileprivate func attach(
        interruption: Interruption = Interruption(), emit: @escaping @Sendable (ApplyEvent) -> Void = { _ in },
        begin: @escaping @Sendable (OngoingWork, Plan) -> Void = { _, _ in }
    ) async throws -> AttachResult {
        try await whileTimePasses {
            try await reconciler.attach(
                ApplyOptions(holder: .test, interruption: interruption), begin: begin, emit: emit)
        }
    }
}
