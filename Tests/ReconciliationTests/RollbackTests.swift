import AttributeTree
import InMemoryCloud
import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("A rollback", .tags(.medium))
struct RollbackTests {
    private let server = ResourceAddress.of("Server/web")

    private func story(_ contents: String...) async throws -> Story {
        let story = Story(InMemoryCloud(ToyKinds.all))
        for content in contents { try await story.apply(Toys.one(content: content)) }
        return story
    }

    private func content(_ story: Story) throws -> String? {
        let server = try #require(story.cloud.resources.first { $0.kind == "Server" })
        return story.cloud.resources.first { $0.id == server.attributes["image"]?.stringValue }?
            .attributes["content"]?.stringValue
    }

    @Test func `goes back to the revision that was final before, and then to the one before that`() async throws {
        let story = try await story("v1", "v2")
        #expect(try await story.rollBack(server).outcome == .succeeded)
        #expect(try content(story) == "v1")
        let record = try #require(try await story.store.history(limit: 1).first)
        #expect(record.command == "rollback" && record.outcome == .succeeded)
        await #expect(throws: RollbackRefusal.noneBefore(server)) { try await story.rollBack(server) }
    }

    @Test func `is taken back by the next apply of the same manifests, with nothing doubled`() async throws {
        let story = try await story("v1", "v2")
        try await story.rollBack(server)
        let plan = try await story.plan(Toys.one(content: "v2")).plan
        #expect(plan.steps.map(\.id.description) == ["update Server/web", "await Server/web"])
        try await story.apply(Toys.one(content: "v2"))
        #expect(try content(story) == "v2")
        try await story.expectConverged(Toys.one(content: "v2"))
        #expect(try await story.rollBack(server).outcome == .succeeded)
        #expect(try content(story) == "v1")
    }

    @Test func `does not go to a revision that has failed`() async throws {
        let cloud = InMemoryCloud(ToyKinds.all)
        let story = Story(cloud)
        try await story.apply(Toys.one(content: "v1"))
        try await story.apply(Toys.one(content: "v2"))
        let failing = Story(cloud, store: story.store)
        let interruption = Interruption()
        try await failing.apply(
            Toys.one(content: "v3"), interruption: interruption,
            emit: { event in
                if case .status(let row) = event.content, row.address == ResourceAddress.of("Server/web") {
                    interruption.request()
                }
            })
        #expect(try content(story) == "v3")
        #expect(try await story.rollBack(server).outcome == .succeeded)
        #expect(try content(story) == "v2", "the last that was final, not the one before it")
    }

    @Test func `leaves what else has drifted alone`() async throws {
        let story = try await story("v1", "v2")
        let network = try #require(story.cloud.resources.first { $0.kind == "Network" })
        story.cloud.meddle(network.id) { $0?.attributes["label"] = "mine" }
        story.cloud.meddle(try #require(story.cloud.resources.first { $0.kind == "Server" }).id) {
            $0?.attributes["size"] = 2
        }
        try await story.rollBack(server)
        let after = story.cloud.resources.first { $0.kind == "Network" }
        #expect(after?.attributes["label"] == "mine")
        #expect(story.cloud.resources.contains { $0.attributes["password"] == "hunter2" })
        let plan = try await story.plan(Toys.one(content: "v2")).plan
        #expect(plan.changes.last?.differences.map(\.path) == ["image"], "the secret is recorded as it was")
    }

    @Test func `is refused with the reason`() async throws {
        await #expect(throws: RollbackRefusal.notRecorded(server, known: [])) {
            try await Story(InMemoryCloud(ToyKinds.all)).rollBack(server)
        }
        let once = try await story("v1")
        await #expect(throws: RollbackRefusal.noneBefore(server)) { try await once.rollBack(server) }
        let network = ResourceAddress.of("Network/net")
        await #expect(throws: RollbackRefusal.withoutRevisions(network)) { try await once.rollBack(network) }

        let detached = Story(InMemoryCloud(ToyKinds.all, rounds: { _ in 9 }))
        try await detached.apply(Toys.one(), settings: ExecutionSettings(detach: true))
        await #expect(throws: RollbackRefusal.neverFinal(server)) { try await detached.rollBack(server) }

        let twice = try await story("v1", "v2")
        let first = try #require(twice.cloud.resources.first { $0.kind == "Image" })
        twice.cloud.meddle(first.id) { $0 = nil }
        await #expect(throws: RollbackRefusal.revisionGone(server, revision: "img")) {
            try await twice.rollBack(server)
        }
        let left = try await story("v1", "v2")
        let running = try #require(left.cloud.resources.first { $0.kind == "Image" })
        left.cloud.meddle(try #require(left.cloud.resources.first { $0.kind == "Server" }).id) {
            $0?.attributes["image"] = .string(running.id)
        }
        await #expect(throws: RollbackRefusal.alreadyThere(server, revisions: ["img"])) {
            try await left.rollBack(server)
        }
        #expect(try await left.store.lockHolder() == nil)
    }
}

extension Story {
    @discardableResult
    fileprivate func rollBack(_ address: ResourceAddress) async throws -> ApplyResult {
        try await whileTimePasses {
            try await reconciler.rollBack(
                address, ApplyOptions(holder: .init(user: "ada@engine", processID: 7, command: "rollback", since: 1)),
                describe: { _ in "{}" }, approve: { _ in true }, emit: { _ in })
        }
    }
}
