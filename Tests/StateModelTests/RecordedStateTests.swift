import AttributeTree
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite(.tags(.small))
struct RecordedStateTests {
    private func resource(
        _ name: String, id: String? = nil, after dependencies: [String] = [], retired: [String] = []
    ) -> RecordedResource {
        RecordedResource(
            address: box(name), identity: ResourceIdentity(id: id ?? "id-\(name)", properties: ["colour": "blue"]),
            cloudName: name, attributes: ["lid": true, "sizes": [1, 2.5, .null]], dependencies: dependencies.map(box),
            phase: .configured, protect: true,
            retired: retired.map {
                RetiredIdentity(identity: ResourceIdentity(id: $0), cloudName: "was-\(name)", reason: .revision)
            })
    }

    private func box(_ name: String) -> ResourceAddress { ResourceAddress(kind: "Box", name: name) }

    private func state(_ resources: [RecordedResource]) -> RecordedState {
        RecordedState(
            lineage: "l", salt: "s", resources: Dictionary(uniqueKeysWithValues: resources.map { ($0.address, $0) }))
    }

    private func intent(_ action: Intent.Action, _ name: String, id: String?) -> Intent {
        Intent(
            id: 1, address: box(name), action: action, cloudName: "\(name)-2",
            identity: id.map { ResourceIdentity(id: $0) }, clientToken: "t", contentHash: "h", startedAt: 1.5,
            outcome: .init(attributes: ["lid": false], dependencies: [], protect: false, retiring: .replaced))
    }

    @Test func aResourceAndAnIntentComeBackFromJSONAsTheyWere() throws {
        let resource = resource("a", after: ["b"], retired: ["id-0"])
        let text = resource.json.jsonText()
        #expect(try RecordedResource(json: AttributeValue(json: text)) == resource)
        for identity in [nil, "id-a"] {
            let intent = intent(.update, "a", id: identity)
            #expect(try Intent(json: AttributeValue(json: intent.json.jsonText())) == intent)
        }
    }

    @Test func whatIsNotAsThisVersionWritesItIsToldWithItsPath() {
        var json = resource("a", retired: ["id-0"]).json
        json["phase"] = "melted"
        #expect(throws: StateFormatError(at: "phase", expected: "a word that this version knows")) {
            try RecordedResource(json: json)
        }
        json = resource("a").json
        json["identity"] = ["id": 3]
        #expect(throws: StateFormatError(at: "identity.id", expected: "a string")) {
            try RecordedResource(json: json)
        }
    }

    /// Forms by number, newest first, and what is kept when the resource becomes final with another.
    @Test(arguments: [
        ("", 1, "1"), ("1", 1, "1"), ("1", 2, "21"), ("321", 2, "21"), ("54321", 6, "65432"), ("321", 4, "4321"),
    ])
    func provenFormsAreAStackThatARollbackGoesDown(before: String, form: Int, after: String) {
        var resource = resource("a")
        resource.started = ["deployment": "d-1"]
        resource.proven = before.map { ["revision": .string(String($0))] }
        resource.becomeFinal(as: ["revision": .string(String(form))])
        #expect(resource.proven.compactMap { $0["revision"]?.stringValue }.joined() == after)
        #expect(resource.phase == .final && resource.started.isEmpty)
    }

    @Test func whatAnUpdateStartsIsRecordedBesideWhatWasStartedBefore() {
        var state = state([resource("a")])
        let update = intent(.update, "a", id: "id-a")
        state.apply(
            state.event(completing: update, identity: ResourceIdentity(id: "id-a"), started: ["x": "1", "y": "1"]))
        state.apply(state.event(completing: update, identity: ResourceIdentity(id: "id-a"), started: ["x": "2"]))
        #expect(state.resources[box("a")]?.started == ["x": "2", "y": "1"])
    }

    @Test func aReportComesBackFromJSONAsItWas() throws {
        let failure = ApplyReport.Failure(code: "deadline", message: "after 15 min: \"Created\"")
        let report = ApplyReport(
            steps: [
                .init(id: "create Box/a", address: box("a"), outcome: .failed, failure: failure),
                .init(id: "create Box/b", address: box("b"), outcome: .blocked, blockedBy: ["create Box/a"]),
            ],
            resources: [
                .init(
                    address: box("a"), outcome: .failed, phase: .created, state: "Packed", failure: failure,
                    started: ["deployment": "d-1"])
            ], calls: ["box:Create": 1], recorded: [resource("a")])
        var json = report.json
        json["impressions"] = ["a later version's"]
        #expect(try ApplyReport(json: AttributeValue(json: json.jsonText())) == report)
    }

    @Test func eventsGrowTheSerialAndLeaveTheInvariantsTrue() {
        var state = state([])
        let intent = intent(.create, "a", id: nil)
        state.apply(.began(intent))
        #expect(state.intents == [intent])
        state.apply(state.event(completing: intent, identity: ResourceIdentity(id: "id-a")))
        #expect(state.intents.isEmpty)
        #expect(state.serial == 2)
        #expect(state.resources[box("a")]?.attributes == ["lid": false])
        #expect(state.violations().isEmpty)
    }

    @Test func anIdentityThatIsReplacedIsRetiredAndNotForgotten() {
        var state = state([resource("a", retired: ["id-0"])])
        let creation = intent(.create, "a", id: nil)
        state.apply(state.event(completing: creation, identity: ResourceIdentity(id: "id-2")))
        #expect(state.resources[box("a")]?.retired.map(\.identity.id) == ["id-a", "id-0"])

        state.apply(state.event(completingDeletion: intent(.delete, "a", id: "id-0")))
        #expect(state.resources[box("a")]?.retired.map(\.identity.id) == ["id-a"])
        state.apply(state.event(completingDeletion: intent(.delete, "a", id: "id-2")))
        #expect(state.resources[box("a")]?.identity.id == "id-a", "something of the resource is left")
        state.apply(state.event(completingDeletion: intent(.delete, "a", id: "id-a")))
        #expect(state.resources.isEmpty)
    }

    @Test func everyBrokenInvariantIsFound() {
        var state = state([
            resource("a", after: ["b"]), resource("b", after: ["c"]), resource("c", after: ["a"]),
            resource("d", id: "id-a", after: ["a"]),
        ])
        state.resources[box("x")] = resource("e")
        state.intents = [intent(.create, "a", id: nil), intent(.create, "a", id: nil)]
        #expect(
            state.violations().map(\.description) == [
                "Box/e is filed under Box/x",
                "Box/a → Box/b → Box/c → Box/a",
                "Box/a and Box/d have the same identity, id-a",
                "intent 1 is not below the number of the next intent",
                "intent 1 is there twice",
            ])
    }
}
