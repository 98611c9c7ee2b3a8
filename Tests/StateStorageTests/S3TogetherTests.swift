import Reconciliation
import ResourceModel
import StateModel
import StateStorage
import Synchronization
import TestSupport
import Testing

/// What is recorded at the same time shares an object of the log.
@Suite(.tags(.medium))
struct S3TogetherTests {
    private static let count = 100
    private let bucket = InMemoryBucket()

    @Test func whatComesWhileAnObjectIsWrittenGoesIntoTheNext() async throws {
        let journal = try await lockedJournal()
        let before = bucket.logKeys.count
        let results = await recordTogether(journal) { _ in .answered }
        #expect(results.allSatisfy { (try? $0.get()) != nil })
        // One each for the first and for all others, and for who was between being called and waiting.
        #expect(bucket.logKeys.count - before <= 6)
        let state = try await bucket.store().load()
        #expect(state == journal.current)
        #expect(state.intents.map(\.id) == Array(1...Self.count + 1))
        #expect(state.violations() == [])
    }

    @Test(arguments: [InMemoryBucket.Fate.lost, .carriedOut])
    func ofAnObjectThatIsNotKnownToBeWrittenNothingIsSaidToBeRecorded(fate: InMemoryBucket.Fate) async throws {
        let journal = try await lockedJournal()
        let results = await recordTogether(journal) { _ in fate }
        #expect(results.count { (try? $0.get()) != nil } == 0)
        #expect(journal.current.intents.map(\.id) == [1], "the first, which was written before")
        await #expect(throws: StateStoreError.self) { try await journal.record(.abandoned(1)) }

        bucket.decideFates { _ in .answered }
        let found = try await bucket.store().load().intents.count
        #expect(fate == .lost ? found == 1 : found > Self.count / 2)
    }

    @Test func whoeverIsInAnObjectThatComesTooLateIsToldWhoHasTheLock() async throws {
        let journal = try await lockedJournal()
        let bob = bucket.store()
        let writes = Counter()
        let results = await recordTogether(journal) { [bucket] _ in
            guard writes.next() == 1 else { return .answered }
            bucket.pass(.seconds(61))
            await #expect(throws: Never.self) { try await bob.lock(.bob) }
            return .answered
        }
        for result in results {
            #expect(throws: StateStoreError.lockLost(to: .bob)) { try result.get() }
        }
        #expect(journal.current.intents.map(\.id) == [1])
        #expect(try await bob.load() == journal.current, "nothing of it is in the log")
    }

    /// - Parameter fate: Of every write after the first, which is answered when all have come.
    private func recordTogether(
        _ journal: StateJournal, fate: @escaping @Sendable (String) async -> InMemoryBucket.Fate
    ) async -> [Result<Intent, any Error>] {
        let (firstIsUnderWay, allHaveCome) = (Interruption(), Interruption())
        let (writes, arrivals) = (Counter(), Counter())
        bucket.decideFates { key in
            guard key.contains("/log/") else { return .answered }
            guard writes.next() == 1 else { return await fate(key) }
            firstIsUnderWay.request()
            await allHaveCome.wait()
            return .answered
        }
        return await withTaskGroup(of: Result<Intent, any Error>?.self) { group in
            group.addTask {
                await #expect(throws: Never.self) { try await journal.begin { .creating("first", id: $0) } }
                return nil
            }
            await firstIsUnderWay.wait()
            for number in 1...Self.count {
                group.addTask {
                    if arrivals.next() == Self.count { allHaveCome.request() }
                    do {
                        return .success(try await journal.begin { .creating("box-\(number)", id: $0) })
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { results, result in
                if let result { results.append(result) }
            }
        }
    }

    // MARK: In any order

    /// Each of thirty makes its intent and brings it to an end, while writes take their time, and one of them may fail.
    @Test(arguments: UInt64(0)..<30)
    func whateverIsSaidToBeRecordedIsInTheLogFromThenOn(seed: UInt64) async throws {
        let journal = try await lockedJournal()
        let chance = Chance(seed: seed)
        let failing = seed % 3 == 0 ? chance.number(2...20) : nil
        let writes = Counter()
        bucket.decideFates { key in
            guard key.contains("/log/") else { return .answered }
            await Task.yield(times: chance.number(0...30))
            if writes.next() == failing { return seed % 2 == 0 ? .lost : .carriedOut }
            return chance.number(1...5) == 1 ? .repeated : .answered
        }
        await withTaskGroup(of: Void.self) { group in
            for number in 1...30 {
                let pauses = (1...3).map { _ in chance.number(0...60) }
                group.addTask { await take(journal, "box-\(number)", pauses) }
            }
        }
        bucket.decideFates { _ in .answered }
        let found = try await bucket.store().load()
        #expect(found.violations() == [])
        if failing == nil {
            #expect(found == journal.current)
            #expect(found.intents.isEmpty && found.resources.isEmpty)
            #expect(found.serial == 30 * 4)
        } else {
            #expect(found.serial >= journal.current.serial)
        }
    }

    /// Creates something and deletes it again. Where something cannot be recorded it ends.
    private func take(_ journal: StateJournal, _ name: String, _ pauses: [Int]) async {
        let box = RecordedResource.box(name)
        do {
            await Task.yield(times: pauses[0])
            let creation = try await journal.begin { .creating(name, id: $0) }
            #expect(try await bucket.store().load().intents.contains(creation), "a call may be made now")
            await Task.yield(times: pauses[1])
            try await journal.complete(creation, ChangeResult(identity: box.identity))
            #expect(try await bucket.store().load().resources[box.address]?.identity == box.identity)
            await Task.yield(times: pauses[2])
            let deletion = try await journal.begin { id in
                Intent(
                    id: id, address: box.address, action: .delete, cloudName: name, identity: box.identity,
                    clientToken: "token", contentHash: "", startedAt: 1, outcome: nil)
            }
            #expect(try await bucket.store().load().intents.contains(deletion))
            #expect(try await journal.completeDeletion(deletion))
            #expect(try await bucket.store().load().resources[box.address] == nil)
        } catch {}
    }

    private func lockedJournal() async throws -> StateJournal {
        let store = bucket.store()
        try await store.lock(.ada)
        return StateJournal(try await store.load(), in: store)
    }
}

extension InMemoryBucket {
    var logKeys: [String] { keys.filter { $0.contains("/log/") } }
}

/// Counts from one.
private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

/// Chance that several tasks share.
private final class Chance: Sendable {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

    func number(_ range: ClosedRange<Int>) -> Int { generator.withLock { Int.random(in: range, using: &$0) } }
}

extension Task<Never, Never> {
    fileprivate static func yield(times count: Int) async {
        for _ in 0..<count { await Task.yield() }
    }
}
