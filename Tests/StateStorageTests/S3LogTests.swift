import AWSClient
import AttributeTree
import Reconciliation
import StateModel
import StateStorage
import TestSupport
import Testing

/// What a state in a bucket makes of answers that are lost, and of objects that are not as they should be.
@Suite(.tags(.medium))
struct S3LogTests {
    private let bucket = InMemoryBucket()
    private let directory = "states/test/"
    private let location = "s3://acme/states/test"

    @Test func whatWasWrittenTwiceBecauseTheAnswerWasLostIsThereOnce() async throws {
        bucket.decideFates { _ in .repeated }
        let store = bucket.store()
        try await store.lock(.ada)
        try await store.record(.began(.creating("a", id: 1)))
        try await store.record(.recorded(.box("a"), completing: 1))
        #expect(try await bucket.store().load() == store.load())
        #expect(try await bucket.store().load().serial == 2)
        #expect(await store.keepLockWhile { true } == nil)
        try await store.unlock()
        #expect(try await bucket.store().lockHolder() == nil)
    }

    @Test(arguments: [InMemoryBucket.Fate.carriedOut, .lost])
    func aLogWhoseEndIsNotKnownIsNotWrittenToBeforeItIsReadAgain(fate: InMemoryBucket.Fate) async throws {
        let store = bucket.store()
        try await store.lock(.ada)
        try await store.record(.began(.creating("a", id: 1)))
        bucket.decideFates { $0.contains("/log/") ? fate : .answered }
        await #expect(throws: StateStoreError.self) { try await store.record(.abandoned(1)) }
        bucket.decideFates { _ in .answered }
        await #expect(throws: StateStoreError.self) { try await store.record(.began(.creating("b", id: 2))) }
        try await store.unlock()

        let next = bucket.store()
        try await next.lock(.bob)
        #expect(try await next.load().intents.map(\.id) == (fate == .lost ? [1] : []))
        try await next.record(.began(.creating("b", id: 2)))
        #expect(try await bucket.store().load().violations() == [])
    }

    @Test func whoComesLaterReadsASnapshotAndNotTheWholeLog() async throws {
        let store = bucket.store()
        try await store.lock(.ada)
        for number in 1...300 {
            try await store.record(.began(.creating("box-\(number)", id: number)))
            try await store.record(.recorded(.box("box-\(number)"), completing: number))
        }
        let apply = ApplyRecord(id: 0, command: "apply", startedAt: 1, user: "ada@engine", plan: "{}")
        _ = try await store.begin(apply)
        try await store.unlock()
        let before = bucket.readCount
        let state = try await bucket.store().load()
        #expect(state == (try await store.load()))
        #expect(state.resources.count == 300 && state.serial == 600)
        #expect(bucket.readCount - before <= 4, "the snapshot twice, and nothing of the log")
        #expect(try await bucket.store().history(limit: 1).map(\.command) == ["apply"])
    }

    @Test func whoReadsAgainReadsWhatWasAdded() async throws {
        let (store, watcher) = (bucket.store(), bucket.store())
        try await store.lock(.ada)
        for number in 1...50 { try await store.record(.began(.creating("box-\(number)", id: number))) }
        #expect(try await watcher.load().intents.count == 50)
        let before = bucket.readCount
        try await store.record(.began(.creating("another", id: 51)))
        #expect(try await watcher.load() == store.load())
        #expect(bucket.readCount - before == 1)
    }

    @Test func aSnapshotIsWrittenInTheMiddleOfALongApply() async throws {
        let store = bucket.store()
        try await store.lock(.ada)
        for number in 1...300 { try await store.record(.began(.creating("box-\(number)", id: number))) }
        #expect(bucket.keys.contains(directory + "snapshot.json"))
        #expect(try await bucket.store().load().intents.count == 300)
    }

    @Test func aSnapshotThatIsLostOrOldOrCannotBeWrittenCostsReadingOnly() async throws {
        bucket.decideFates { $0.hasSuffix("snapshot.json") ? .lost : .answered }
        let store = bucket.store()
        try await store.lock(.ada)
        for number in 1...20 { try await store.record(.began(.creating("box-\(number)", id: number))) }
        try await store.unlock()
        #expect(!bucket.keys.contains(directory + "snapshot.json"))
        bucket.decideFates { _ in .answered }
        #expect(try await bucket.store().load().intents.count == 20)
    }

    @Test func aStateOfAnotherProjectIsRefused() async throws {
        try await bucket.store(project: "shop").create()
        await #expect(throws: StateStoreError.anotherProject(at: location, project: "shop", environment: "test")) {
            try await bucket.store().load()
        }
        await #expect(throws: StateStoreError.self) { try await bucket.store().lock(.ada) }
        #expect(try await bucket.store().lockHolder() == nil, "the lock was given back")
    }

    @Test func whoOnlyReadsWritesNothing() async throws {
        let store = bucket.store()
        #expect(try await store.load().serial == 0)
        #expect(try await store.history(limit: 5).isEmpty)
        #expect(try await store.apply(1) == nil)
        #expect(try await store.lockStatus() == .free)
        #expect(bucket.keys.isEmpty)
    }

    @Test func oneOfThoseWhoMakeAStateMakesIt() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...8 { group.addTask { try await bucket.store().create() } }
            try await group.waitForAll()
        }
        #expect(bucket.keys == [directory + "log/00000000000000000001.json"])
    }

    /// Up to format 2 an entry had one event.
    @Test func aLogOfTheFormatBeforeIsReadAndWrittenOn() async throws {
        let store = bucket.store()
        try await store.lock(.ada)
        let earlier = ["00000000000000000001", "00000000000000000002"].map { directory + "log/\($0).json" }
        for key in earlier + [directory + "lock.json"] {
            bucket.replace(key, bucket.body(of: key).replacing(#""formatVersion":3"#, with: #""formatVersion":2"#))
        }
        let token = try #require(try AttributeValue(json: bucket.body(of: earlier[1]))["token"])
        let event = StateEvent.began(.creating("a", id: 1)).json
        let entry: AttributeValue = ["formatVersion": 2, "token": token, "event": event]
        bucket.replace(directory + "log/00000000000000000003.json", entry.jsonText())

        let next = bucket.store()
        #expect(try await next.load().intents == [.creating("a", id: 1)])
        bucket.pass(.seconds(61))
        try await next.lock(.bob)
        try await next.record([.abandoned(1), .began(.creating("b", id: 2))])
        #expect(try await bucket.store().load().intents == [.creating("b", id: 2)])
        let written = try AttributeValue(json: bucket.body(of: directory + "log/00000000000000000005.json"))
        #expect(written["formatVersion"] == 3, "earlier builds refuse it")
    }

    @Test func environmentsOfOneProjectKeepApart() async throws {
        let production = bucket.store(environment: "production")
        try await production.lock(.ada)
        try await bucket.store().lock(.bob)
        #expect(try await production.load().lineage != bucket.store().load().lineage)
    }

    @Test(
        arguments: [
            ("log/00000000000000000002.json", nil, "entry 2 of its log is missing"),
            (
                "log/00000000000000000003.json", #"{"formatVersion":3,"token":"stranger","events":[{"abandoned":1}]}"#,
                "token is not that of the lock, in entry 3 of the log"
            ),
            ("log/00000000000000000003.json", "{", "unexpected end at byte 1"),
            ("log/00000000000000000003.json", #"{"formatVersion":2,"token":""}"#, "finished is not there"),
        ] as [(String, String?, String)])
    func damageIsFoundWhenTheStateIsRead(key: String, body: String?, reason: String) async throws {
        let store = bucket.store()
        try await store.lock(.ada)
        try await store.record(.began(.creating("a", id: 1)))
        bucket.replace(directory + key, body)
        await #expect(throws: StateStoreError.damaged(location: location, reason: reason)) {
            try await bucket.store().load()
        }
    }

    @Test func aStateOfALaterVersionIsRefusedAndItsLockLeftAlone() async throws {
        let store = bucket.store()
        try await store.lock(.ada)
        bucket.replace(directory + "log/00000000000000000003.json", #"{"formatVersion":99}"#)
        await #expect(throws: StateStoreError.laterVersion(found: 99, location: location)) {
            try await bucket.store().load()
        }
        bucket.replace(directory + "lock.json", #"{"formatVersion":99}"#)
        await #expect(throws: StateStoreError.laterVersion(found: 99, location: location)) {
            try await bucket.store().lock(.bob)
        }
    }
}

extension StateStore {
    /// How the lock was lost while something was done; `nil` when it was not.
    func keepLockWhile(_ body: @Sendable () async throws -> Bool) async rethrows -> StateStoreError? {
        try await withThrowingTaskGroup(of: StateStoreError?.self) { group in
            group.addTask { await self.keepLock() }
            _ = try await body()
            group.cancelAll()
            return try await group.next() ?? nil
        }
    }
}
