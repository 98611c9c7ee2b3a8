import AttributeTree
import InMemoryCloud
import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

/// What goes wrong in the cloud, between two processes, and at the user's wish.
@Suite(.tags(.medium))
struct FailureTests {
    /// Fails one call, at one moment, the first time.
    private func failing(
        _ verb: InMemoryCloud.Verb, _ address: String, _ moment: InMemoryCloud.Moment
    ) -> InMemoryCloud.Script {
        let counter = Counter()
        return { call, now in
            guard call.verb == verb, call.address == .of(address), now == moment, counter.next() == 1 else { return }
            throw InMemoryRefusal("the line went dead")
        }
    }

    @Test func aFailedCallStopsWhatDependsOnItAndIsMendedByTheNextApply() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all, script: failing(.create, "Network/net", .before)))
        let desired = Toys.one() + [.toy("Image/other", ["content": "x"])]
        let events = EventLog()
        let result = try await story.apply(desired, emit: events.add)
        #expect(result.outcome == .failed)
        #expect(events.steps.contains("failed create Network/net: the line went dead"))
        #expect(events.steps.contains("blocked create Server/web by create Network/net"))
        #expect(events.steps.contains("succeeded create Image/other"))

        #expect(try await story.apply(desired).outcome == .succeeded)
        try await story.expectConverged(desired)
    }

    @Test(arguments: ["Network/net", "Image/img", "Server/web"])
    func whatWasMadeAlthoughNoAnswerCameIsFoundAndNotMadeAgain(address: String) async throws {
        let story = Story(InMemoryCloud(ToyKinds.all, script: failing(.create, address, .after)))
        #expect(try await story.apply(Toys.one()).outcome == .failed)
        let events = EventLog()
        #expect(try await story.apply(Toys.one(), emit: events.add).outcome == .succeeded)
        #expect(events.steps.first == "resolved \(address)")
        try await story.expectConverged(Toys.one())
        #expect(story.cloud.resources.count == 3)
    }

    @Test func aDeadlineIsTheOutcomeAndTheResourceIsRecorded() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all, rounds: { $0.kind == "Server" ? -1 : 1 }))
        let result = try await story.apply(Toys.one(), settings: ExecutionSettings(timeout: .seconds(90)))
        #expect(result.outcome == .deadline)
        guard case .executed(let report) = result.ending else { return }
        #expect(
            report.unsettled.map(\.failure?.message) == [
                "after 1 min 30 s: Server/web is \"Created\", waiting for the end of time"
            ])
        try await story.apply([], .destroy)
        try await story.expectNothingLeft()
    }

    @Test func aRollbackHasItsOwnOutcome() async throws {
        let cloud = InMemoryCloud(ToyKinds.all, rounds: { $0.kind == "Server" ? -1 : 1 })
        let story = Story(cloud)
        let result = try await story.apply(Toys.one()) { event in
            guard case .started(let id, _) = event.content, id.verb == .await else { return }
            for server in cloud.resources where server.kind == "Server" {
                cloud.meddle(server.id) { $0?.failure = SettleFailure(.rolledBack, "the disk was full") }
            }
        }
        #expect(result.outcome == .rolledBack)
    }

    @Test func anInterruptionRecordsWhatIsInFlightAndLeavesTheLock() async throws {
        let interruption = Interruption()
        let story = Story(
            InMemoryCloud(
                ToyKinds.all,
                script: { call, moment in
                    if call.verb == .create, case .before = moment { interruption.request() }
                }))
        let result = try await story.apply(
            Toys.one(), settings: ExecutionSettings(parallelism: 1), interruption: interruption)
        #expect(result.outcome == .interrupted)
        #expect(result.outcome.exitStatus == 130)
        let state = try await story.store.load()
        #expect(state.intents == [])
        #expect(Set(state.resources.values.map(\.identity.id)) == Set(story.cloud.resources.map(\.id)))

        #expect(try await story.apply(Toys.one()).outcome == .succeeded)
        try await story.expectConverged(Toys.one())
    }

    @Test func aWishToStopOutlivesAnApplyThatDidNotHearIt() async throws {
        let interruption = Interruption()
        let story = Story(InMemoryCloud(ToyKinds.all))
        #expect(try await story.apply(Toys.one(), interruption: interruption).outcome == .succeeded)
        #expect(try await story.apply(Toys.one(size: 4), interruption: interruption).outcome == .succeeded)
        interruption.request()
        let result = try await story.apply(Toys.one(size: 5), interruption: interruption)
        guard case .notBegun = result.ending else { return #expect(Bool(false), "something was begun") }
    }

    @Test func theSecondOfTwoIsToldWhoIsFirst() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        let other = LockHolder(user: "bob@other", processID: 1, command: "destroy", since: 2)
        try await story.store.lock(other)
        await #expect(throws: StateStoreError.locked(by: other)) { try await story.apply(Toys.one()) }
        #expect(story.cloud.calls.isEmpty)
    }

    @Test func aSavedPlanIsRefusedWhenAnythingItWasMadeFromHasMoved() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        let saved = try await story.plan(Toys.one()).fingerprint
        await #expect(throws: StalePlan(moved: [.manifests])) { try await story.apply(Toys.one(size: 5), saved: saved) }
        #expect(try await story.apply(Toys.one(), saved: saved).outcome == .succeeded)
        await #expect(throws: StalePlan(moved: [.state, .cloud])) { try await story.apply(Toys.one(), saved: saved) }

        let second = try await story.plan(Toys.one(size: 5)).fingerprint
        #expect(PlanFingerprint(json: second.json) == second)
        let server = try #require(story.cloud.resources.first { $0.kind == "Server" })
        story.cloud.meddle(server.id) { $0?.attributes["size"] = 9 }
        await #expect(throws: StalePlan(moved: [.cloud])) { try await story.apply(Toys.one(size: 5), saved: second) }
    }

    @Test(arguments: [
        (
            StateStoreError.unwritable(location: "state.sqlite", reason: "database or disk is full"),
            "the state in state.sqlite cannot be written: database or disk is full"
        ),
        (
            .unreadable(location: "state.sqlite", reason: "disk I/O error"),
            "the state in state.sqlite cannot be read: disk I/O error"
        ),
        (.damaged(location: "state.sqlite", reason: "torn"), "the state in state.sqlite is damaged: torn"),
        (
            .laterVersion(found: 9, location: "state.sqlite"),
            "the state in state.sqlite was written by a later version of reconcile (format 9)"
        ),
        (.locked(by: nil), "the state is locked"),
        (
            .locked(by: LockHolder(user: "ada@home", processID: 7, command: "apply", since: 0)),
            "the state is locked by ada@home, process 7: apply, since 1970-01-01T00:00:00Z"
        ),
        (
            .locked(by: LockHolder(user: "ada@home", processID: 7, command: "apply", since: 0, until: 60)),
            "the state is locked by ada@home, process 7: apply, since 1970-01-01T00:00:00Z, "
                + "until 1970-01-01T00:01:00Z unless it is renewed"
        ),
        (
            .lockLost(to: LockHolder(user: "bob@home", processID: 8, command: "lock break", since: 0)),
            "the lock on the state was lost to bob@home, process 8: lock break, since 1970-01-01T00:00:00Z"
        ),
        (.lockLost(to: nil), "the lock on the state was lost: it could not be renewed in time"),
        (
            .inseparable(LockHolder(user: "ada@home", processID: 7, command: "apply", since: 0)),
            "the lock cannot be broken while the process of its holder lives: ada@home, process 7: apply"
        ),
        (
            .refused(location: "s3://acme/hello", reason: "there is no bucket \"acme\"", help: ["create it"]),
            "the state in s3://acme/hello cannot be used: there is no bucket \"acme\""
        ),
        (
            .anotherProject(at: "s3://acme/hello", project: "shop", environment: "production"),
            "the state in s3://acme/hello is of project shop, environment production"
        ),
    ])
    func aStoreThatFailsSaysSoInWords(_ error: StateStoreError, _ message: String) {
        #expect(error.description == message)
    }
}
