import AWSClient
import Reconciliation
import SigV4
import StateModel
import StateStorage
import Synchronization
import TestSupport
import Testing

/// A lock with a lease, as processes see it whose clocks the test turns.
@Suite(.tags(.medium))
struct S3LockTests {
    private let bucket = InMemoryBucket()

    @Test func aLockThatIsNotRenewedCanBeTakenWhenItsLeaseIsOverAndNotBefore() async throws {
        let (ada, bob) = (bucket.store(), bucket.store())
        try await ada.lock(.ada)
        bucket.pass(.seconds(60))
        #expect(try await bob.lockHolder()?.isSame(as: .ada) == true)
        await #expect(throws: StateStoreError.self) { try await bob.lock(.bob) }
        // The times of the server are in whole seconds.
        bucket.pass(.seconds(1))
        #expect(try await bob.lockHolder() == nil)
        try await bob.lock(.bob)
        #expect(try await ada.lockHolder()?.isSame(as: .bob) == true)
    }

    @Test func whoeverLeftALockBehindIsNamedWithTheEndOfTheLease() async throws {
        let time = StepTime()
        let (ada, bob) = (bucket.store(time: time), bucket.store(time: time))
        func pass(_ duration: Duration) async {
            await time.pass(duration)
            bucket.pass(duration)
        }
        #expect(try await bob.lockStatus() == .free)
        await pass(.seconds(100))
        try await ada.lock(.ada)
        await pass(.seconds(45))
        var holder = LockHolder.ada
        holder.until = 160
        #expect(try await bob.lockStatus() == .held(by: holder))
        await pass(.seconds(55))
        #expect(try await bob.lockStatus() == .expired(of: holder))
        try await bob.lock(.bob)
        try await bob.unlock()
        #expect(try await bob.lockStatus() == .free)
    }

    @Test func whoWasTakenOverRecordsNothingMoreAndIsToldByWhom() async throws {
        let (ada, bob) = (bucket.store(), bucket.store())
        try await ada.lock(.ada)
        try await ada.record(.began(.creating("a", id: 1)))
        let apply = try await ada.begin(
            ApplyRecord(id: 0, command: "apply", startedAt: 1, user: "ada@engine", plan: "{}"))
        bucket.pass(.seconds(61))
        try await bob.lock(.bob)
        let before = bucket.keys
        let lost = StateStoreError.lockLost(to: .bob)
        // Its own clock stands still: it is the log that stops it.
        await #expect(throws: lost) { try await ada.record(.recorded(.box("a"), completing: 1)) }
        await #expect(throws: lost) { try await ada.finish(apply, outcome: .succeeded, at: 2, report: nil) }
        await #expect(throws: lost) {
            _ = try await ada.begin(
                ApplyRecord(id: 0, command: "apply", startedAt: 1, user: "ada@engine", plan: "{}"))
        }
        #expect(await ada.keepLock() == lost)
        try await ada.unlock()
        #expect(bucket.keys == before)
        #expect(try await ada.lockHolder()?.isSame(as: .bob) == true, "the lock of another is not given back")
        #expect(try await bob.load().intents.map(\.id) == [1])
        #expect(try await ada.load() == bob.load())
    }

    @Test func theSerialDoesNotTellWhoHadTheLock() async throws {
        let store = bucket.store()
        try await store.create()
        let before = try await store.load()
        try await store.lock(.ada)
        try await store.unlock()
        #expect(try await bucket.store().load() == before)
    }

    /// Both have written the lock, one after the other, and write themselves into the log in the reverse order.
    @Test func whoFindsAnotherInTheLogAsksTheLockWhichOfThemHasIt() async throws {
        let (ada, bob) = (bucket.store(), bucket.store())
        try await ada.create()
        let isFirst = Mutex(true)
        bucket.decideFates { [bucket] key in
            guard key.hasSuffix("/00000000000000000002.json"),
                isFirst.withLock({ first in
                    defer { first = false }
                    return first
                })
            else { return .answered }
            // Ada is about to write herself into the log, and stops for longer than her lease.
            bucket.pass(.seconds(61))
            await #expect(throws: Never.self) { try await bob.lock(.bob) }
            return .answered
        }
        await #expect(throws: StateStoreError.locked(by: .bob)) { try await ada.lock(.ada) }
        try await bob.record(.began(.creating("b", id: 1)))
        #expect(try await ada.lockHolder()?.isSame(as: .bob) == true)
        #expect(try await ada.load() == bob.load())
    }

    /// Whoever was taken over had a write under way, which arrives before the other is in the log.
    @Test func aLateWriteOfTheOneBeforeIsReadByTheOneAfter() async throws {
        let (ada, bob) = (bucket.store(), bucket.store())
        try await ada.lock(.ada)
        bucket.pass(.seconds(61))
        let isFirst = Mutex(true)
        bucket.decideFates { key in
            guard key.hasSuffix("/00000000000000000003.json"),
                isFirst.withLock({ first in
                    defer { first = false }
                    return first
                })
            else { return .answered }
            await #expect(throws: Never.self) { try await ada.record(.began(.creating("a", id: 1))) }
            return .answered
        }
        try await bob.lock(.bob)
        #expect(try await bob.load().intents.map(\.id) == [1])
        await #expect(throws: StateStoreError.lockLost(to: .bob)) { try await ada.record(.abandoned(1)) }
    }

    @Test func aLockIsRenewedSixTimesALease() async throws {
        let time = StepTime()
        let store = bucket.store(time: time)
        try await store.lock(.ada)
        let loss = await store.keepLockWhile {
            for _ in 1...20 {
                await time.pass(.seconds(10), whileSleep: 2)
                bucket.pass(.seconds(10))
            }
            return true
        }
        #expect(loss == nil)
        #expect(try await bucket.store().lockHolder()?.isSame(as: .ada) == true)
        try await store.record(.began(.creating("a", id: 1)))
    }

    @Test func whoCannotRenewStopsBeforeAnybodyElseMayBegin() async throws {
        let time = StepTime()
        let store = bucket.store(time: time)
        try await store.lock(.ada)
        bucket.decideFates { $0.hasSuffix("lock.json") ? .lost : .answered }
        async let loss = store.keepLock()
        for _ in 1...3 { await time.pass(.seconds(10), whileSleep: 2) }
        await time.pass(.seconds(10))
        #expect(await loss == .lockLost(to: nil))
        await #expect(throws: StateStoreError.lockLost(to: nil)) {
            try await store.record(.began(.creating("a", id: 1)))
        }
        #expect(try await bucket.store().lockHolder()?.isSame(as: .ada) == true)
    }

    @Test func whoSleptThroughItsLeaseRecordsNothingMore() async throws {
        let time = StepTime()
        let store = bucket.store(time: time)
        try await store.lock(.ada)
        await time.pass(.seconds(40))
        await #expect(throws: StateStoreError.lockLost(to: nil)) {
            try await store.record(.began(.creating("a", id: 1)))
        }
    }

    @Test func aLockThatWasBrokenIsLostToTheBreakerAndFree() async throws {
        let (ada, bob) = (bucket.store(), bucket.store())
        try await ada.lock(.ada)
        let holder = try #require(try await bob.lockHolder())
        try await bob.breakLock(of: holder, as: .bob)
        #expect(try await bob.lockHolder() == nil)
        await #expect(throws: StateStoreError.lockLost(to: .bob)) {
            try await ada.record(.began(.creating("a", id: 1)))
        }
        try await bucket.store().lock(.ada)
    }

    @Test func aRenewalWhoseAnswerWasLostIsNoLoss() async throws {
        let time = StepTime()
        let store = bucket.store(time: time)
        try await store.lock(.ada)
        bucket.decideFates { $0.hasSuffix("lock.json") ? .carriedOut : .answered }
        let loss = await store.keepLockWhile {
            await time.pass(.seconds(10), whileSleep: 2)
            bucket.decideFates { _ in .answered }
            for _ in 1...5 { await time.pass(.seconds(10), whileSleep: 2) }
            return true
        }
        #expect(loss == nil)
        try await store.unlock()
        #expect(try await bucket.store().lockHolder() == nil)
    }
}

/// Time that passes when it is told to, and then only when everybody who is woken sleeps again.
private final class StepTime: TimeSource {
    private let clock = ManualClock()

    var wallClock: SigningTime { SigningTime(secondsSince1970: Int(uptime / .seconds(1))) }
    var uptime: Duration { clock.now.offset }

    func sleep(for duration: Duration) async throws {
        try await clock.sleep(until: clock.now.advanced(by: duration), tolerance: nil)
    }

    /// - Parameter sleepers: How many sleep before, and again when whoever was woken has done what it does.
    func pass(_ duration: Duration, whileSleep sleepers: Int? = nil) async {
        if let sleepers { await settle(sleepers) }
        clock.advance(by: duration)
        if let sleepers { await settle(sleepers) }
    }

    private func settle(_ sleepers: Int) async {
        for _ in 1...1_000_000 where clock.sleeperCount != sleepers { await Task.yield() }
    }
}
