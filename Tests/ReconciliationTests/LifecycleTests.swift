import AttributeTree
import InMemoryCloud
import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

/// Applies against a cloud in memory, from an empty world to an empty world.
@Suite(.tags(.medium))
struct LifecycleTests {
    @Test func anApplyMakesEverythingAndASecondDoesNothing() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all, rounds: { _ in 3 }))
        let events = EventLog()
        let result = try await story.apply(Toys.one(), emit: events.add)
        #expect(result.outcome == .succeeded)
        try await story.expectConverged(Toys.one())

        #expect(events.steps.first == "started create Network/net")
        #expect(events.steps.last == "finished succeeded")
        let again = try await story.apply(Toys.one())
        guard case .nothingToDo = again.ending else { return #expect(Bool(false), "there was something to do") }

        try await story.apply([], .destroy)
        try await story.expectNothingLeft()
        let history = try await story.store.history(limit: 10)
        #expect(history.map(\.outcome) == [.succeeded, .succeeded], "an apply with nothing to do is not in it")
    }

    @Test func aChangedImageIsAnotherRevisionAndTheServerMovesToIt() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        for content in ["v1", "v2", "v3", "v4"] {
            #expect(try await story.apply(Toys.one(content: content)).outcome == .succeeded)
            try await story.expectConverged(Toys.one(content: content))
        }
        let image = try #require(story.cloud.resources.last { $0.kind == "Image" })
        let server = try #require(story.cloud.resources.first { $0.kind == "Server" })
        #expect(server.attributes["image"]?.stringValue == image.id)
        #expect(story.cloud.resources.filter { $0.kind == "Image" }.count == 2, "the newest, and one to go back to")
    }

    @Test func whatCannotBeChangedIsReplacedWithoutBeingMissed() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        try await story.apply(Toys.one())
        #expect(try await story.apply(Toys.one(range: "11/8")).outcome == .succeeded)
        try await story.expectConverged(Toys.one(range: "11/8"))
        #expect(story.cloud.resources.filter { $0.kind == "Network" }.count == 1)
    }

    @Test func driftIsMendedAndADisappearedResourceMadeAgain() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        try await story.apply(Toys.one())
        let server = try #require(story.cloud.resources.first { $0.kind == "Server" })
        story.cloud.meddle(server.id) { $0?.attributes["size"] = 9 }
        try await story.apply(Toys.one())
        try await story.expectConverged(Toys.one())
        story.cloud.meddle(server.id) { $0 = nil }
        try await story.apply(Toys.one())
        try await story.expectConverged(Toys.one())
    }

    @Test func secretsAreSentAndNeverStored() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        try await story.apply(Toys.one())
        let state = try await story.store.load()
        let stored = state.resources.values.map { $0.json.jsonText() }.joined()
        #expect(!stored.contains("hunter2"))
        #expect(story.cloud.resources.contains { $0.attributes["password"] == "hunter2" })
    }

    @Test func aWordIsLookedUpAndRecordedAsWritten() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        try await story.apply(Toys.one())
        #expect(story.cloud.resources.first { $0.kind == "Network" }?.attributes["zone"] == "mem:vpc/default")
        let state = try await story.store.load()
        #expect(state.resources[.of("Network/net")]?.attributes["zone"] == "default")
    }

    @Test func whatIsRecordedWithoutACallFollowsTheManifests() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        let image = DesiredResource.toy("Image/img", ["content": "v1"])
        try await story.apply([image])
        let before = story.cloud.calls["update Image"]
        try await story.apply([.toy("Image/img", ["content": "v1"], protect: true)])
        let state = try await story.store.load()
        #expect(state.resources[.of("Image/img")]?.protect == true)
        #expect(story.cloud.calls["update Image"] == before)
    }

    @Test func statusSaysHowFarEverythingIs() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        try await story.apply(Toys.one())
        let desired = Toys.one() + [.toy("Image/other", ["content": "x"])]
        let rows = try await story.reconciler.status(desired: DesiredSet(desired))
        #expect(
            rows.map { "\($0.address) \($0.state)" } == [
                "Image/img Stored", "Image/other none", "Network/net Reachable", "Server/web Serving",
            ])
    }

    @Test(arguments: UInt64(0)..<25)
    func anyWorldIsReachedFromAnyOther(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let story = Story(InMemoryCloud(ToyKinds.all, rounds: { _ in 2 }))
        for _ in 0..<3 {
            let desired = Toys.random(Int.random(in: 3..<30, using: &random), using: &random)
            let parallelism = Int.random(in: 1...8, using: &random)
            let result = try await story.apply(desired, settings: ExecutionSettings(parallelism: parallelism))
            #expect(result.outcome == .succeeded)
            try await story.expectConverged(desired)
        }
        try await story.apply([], .destroy)
        try await story.expectNothingLeft()
    }
}
