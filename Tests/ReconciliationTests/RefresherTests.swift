import AttributeTree
import InMemoryCloud
import Planning
import Reconciliation
import ResourceModel
import StateModel
import Synchronization
import TestSupport
import Testing

/// What is asked before a plan, and in which order.
@Suite(.tags(.medium))
struct RefresherTests {
    @Test func eachKindIsAskedOnceAndAfterTheKindsItNeeds() async throws {
        let asked = Mutex<[String]>([])
        let cloud = InMemoryCloud(
            ToyKinds.all,
            script: { call, moment in
                if case .before = moment { asked.withLock { $0.append("\(call.verb) \(call.kind)") } }
            })
        var random = SeededGenerator(seed: 1)
        _ = try await Story(cloud).plan(Toys.random(60, using: &random))
        let order = asked.withLock { $0 }
        #expect(order.sorted() == ["observe Image", "observe Network", "observe Server"])
        #expect(order.last == "observe Server", "it refers to the others")
    }

    @Test func anErrorSaysWhichKindCouldNotBeRead() async throws {
        let cloud = InMemoryCloud(
            ToyKinds.all,
            script: { call, _ in
                if call.kind == "Image" { throw InMemoryRefusal("not today") }
            })
        let error = await #expect(throws: RefreshError.self) { try await Story(cloud).plan(Toys.one()) }
        #expect(error?.subject == .kind("Image"))
        #expect(error?.description == "cannot read what exists of kind Image: not today")
    }

    @Test func aRecordedKindThatIsNotKnownIsRefused() async throws {
        let ghost = ResourceAddress(kind: "Ghost", name: "g")
        var state = RecordedState(lineage: "l", salt: "s")
        state.resources[ghost] = RecordedResource(
            address: ghost, identity: ResourceIdentity(id: "g"), cloudName: "g", attributes: [:], phase: .final)
        let story = Story(InMemoryCloud(ToyKinds.all), store: InMemoryStateStore(state))
        let error = await #expect(throws: RefreshError.self) { try await story.plan([]) }
        #expect(error?.subject == .unknownKind(ghost))
    }

    @Test func aPlanChangesNeitherTheStoreNorTheCloud() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        _ = try await story.plan(Toys.one())
        #expect(try await story.store.load().serial == 0)
        #expect(story.cloud.resources.isEmpty)
    }

    /// What a look has found, and what is recorded of it.
    @Test(arguments: [
        (Intent.Action.create, true, IntentResolution.Finding.made(ResourceIdentity(id: "id-1"))),
        (.create, false, .notMade), (.update, true, .compared), (.update, false, .notMade),
        (.delete, true, .stillThere), (.delete, false, .gone),
    ])
    func anIntentWithoutAnOutcomeIsResolvedByLooking(
        action: Intent.Action, exists: Bool, finding: IntentResolution.Finding
    ) {
        let intent = Intent(
            id: 1, address: .of("Image/a"), action: action, cloudName: "a",
            identity: action == .create ? nil : ResourceIdentity(id: "id-1"), clientToken: "", contentHash: "",
            startedAt: 0)
        let found = ObservedResource(
            identity: ResourceIdentity(id: "id-1"), cloudName: "a", attributes: [:], owner: nil)
        let resolution = IntentResolution(of: intent, found: exists ? found : nil)
        #expect(resolution.finding == finding)
        var state = RecordedState(lineage: "l", salt: "s", intents: [intent], nextIntentID: 2)
        state.apply(resolution.event(in: state))
        #expect(state.intents.isEmpty)
        #expect(state.resources.count == (action == .create && exists ? 1 : 0))
    }
}
