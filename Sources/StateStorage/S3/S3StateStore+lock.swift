import AWSClient
import AttributeTree
import FoundationEssentials
package import Reconciliation
import Synchronization

extension S3StateStore {
    package func lock(_ holder: LockHolder) async throws {
        let found = try await readLock()
        if let found, case .held(let holder) = status(of: found) { throw StateStoreError.locked(by: holder) }
        try await take(found, for: holder)
    }

    package func lockStatus() async throws -> LockStatus {
        try await readLock().map(status) ?? .free
    }

    /// Gives the lock back. Where that fails it ends by itself.
    package func unlock() async throws {
        await writeSnapshot { _ in Self.entriesUntilLastSnapshot }
        guard let lock = letGo(), !lock.isLost else { return }
        if try await put(lock.object.released(), .isStill(lock.tag)) != nil { return }
        // A renewal that was not waited for has come in between.
        guard let found = try await readLock(), found.lock.token == lock.object.token else { return }
        _ = try await put(found.lock.released(), .isStill(found.tag))
    }

    package func breakLock(of holder: LockHolder, as breaker: LockHolder) async throws {
        guard let found = try await readLock(), !found.lock.isReleased, found.lock.holder.isSame(as: holder) else {
            return
        }
        try await take(found, for: breaker)
        try await unlock()
    }

    /// Takes a lock that is free, or over, or to be broken, and writes it down in the log: from there on whoever had it
    /// writes nothing more.
    private func take(_ found: FoundLock?, for holder: LockHolder) async throws {
        let object = LockObject(token: UUID().uuidString, lease: lease, holder: holder)
        let sentAt = time.uptime
        let tag = try await replace(found, by: object)
        do {
            let (log, snapshot) = try await readOrCreateLog()
            let lock = HeldLock(
                object: object, tag: tag, lease: Lease(length: lease, renewedAt: sentAt), log: log, snapshot: snapshot)
            held.withLock { $0 = lock }
            try await writeDown(holder, token: object.token)
        } catch {
            // The first error is the one to tell.
            let last = letGo()
            _ = try? await put((last?.object ?? object).released(), .isStill(last?.tag ?? tag))
            throw error
        }
    }

    private func letGo() -> HeldLock? {
        let lock = held.withLock { held in
            defer { held = nil }
            return held
        }
        if let lock { known.withLock { $0 = (lock.log, lock.snapshot ?? HeldLock.Snapshot()) } }
        return lock
    }

    /// - Returns: The tag of the lock that is ours now.
    private func replace(_ found: FoundLock?, by object: LockObject) async throws -> String {
        if let tag = try await put(object, found.map { .isStill($0.tag) } ?? .isNew) { return tag }
        guard let now = try await readLock() else { return try await replace(nil, by: object) }
        // An attempt whose answer was lost has written it.
        if now.lock.token == object.token { return now.tag }
        // Renewed by whom it is taken from: only when a lock is broken.
        if now.lock.token == found?.lock.token, !now.lock.isReleased { return try await replace(now, by: object) }
        if case .held(let holder) = status(of: now) { throw StateStoreError.locked(by: holder) }
        return try await replace(now, by: object)
    }

    /// Has an entry of the log say who has the lock, behind all that others have written.
    private func writeDown(_ holder: LockHolder, token: String) async throws {
        let entry = LogEntry(token: token, content: .locked(holder))
        while true {
            let next = try held.withLock { held in
                guard let held, !held.lease.isOver(at: time.uptime) else { throw StateStoreError.lockLost(to: nil) }
                return held.log.position + 1
            }
            let other = try await write(entry, at: next)
            try decoding { try held.withLock { try $0?.log.append(other ?? entry) } }
            guard let other else { return }
            // Somebody else has taken the lock. Whether before or after us, only the lock itself tells.
            if case .locked(let holder) = other.content, try await renewal() != nil {
                throw StateStoreError.locked(by: holder)
            }
        }
    }
}

// MARK: - Keeping it

extension S3StateStore {
    package func keepLock() async -> StateStoreError? {
        await withTaskGroup(of: StateStoreError?.self) { group in
            group.addTask { await self.renewAgainAndAgain() }
            // A renewal can be under way for longer than the lock lasts.
            group.addTask { await self.waitForEndOfLease() }
            let loss = await group.next() ?? nil
            group.cancelAll()
            return loss
        }
    }

    /// - Returns: How the lock was lost; `nil` when the task was cancelled.
    private func renewAgainAndAgain() async -> StateStoreError? {
        while true {
            do {
                // Two can fail in a row, and a third is on its way, before the holder has to stop.
                try await time.sleep(for: lease / 6)
                if let loss = try await renewal() { return loss }
            } catch is CancellationError {
                return nil
            } catch {
                // Not renewed this time: there is time for another.
                if Task.isCancelled { return nil }
            }
        }
    }

    private func waitForEndOfLease() async -> StateStoreError? {
        while true {
            let loss = held.withLock { held -> StateStoreError? in
                guard let lock = held, lock.isLost || lock.lease.isOver(at: time.uptime) else { return nil }
                held?.fail(with: .lockLost(to: nil))
                return held?.failure
            }
            if let loss { return loss }
            guard let end = held.withLock({ $0?.lease.end }) else { return nil }
            do { try await time.sleep(for: max(.zero, end - time.uptime)) } catch { return nil }
        }
    }

    /// Renews the lock once.
    /// - Returns: How the lock was lost; `nil` when it is renewed.
    private func renewal() async throws -> StateStoreError? {
        guard let lock = held.withLock({ $0 }) else { return .lockLost(to: nil) }
        if let failure = lock.failure { return failure }
        let sentAt = time.uptime
        var object = lock.object.renewed()
        var tag = try await put(object, .isStill(lock.tag))
        if tag == nil {
            let found = try await readLock()
            guard let found, found.lock.token == object.token else {
                let loss = StateStoreError.lockLost(to: found?.lock.holder)
                held.withLock { $0?.fail(with: loss) }
                return loss
            }
            // An attempt whose answer was lost has written it.
            (object, tag) = (found.lock, found.tag)
        }
        held.withLock { [object, tag] held in
            held?.object = object
            held?.tag = tag ?? lock.tag
            held?.lease.renewedAt = sentAt
        }
        return nil
    }
}

// MARK: - The object

extension S3StateStore {
    /// A lock as it was found.
    private struct FoundLock {
        var lock: LockObject
        var tag: String
        var age: Duration
    }

    private func readLock() async throws -> FoundLock? {
        let stored = try await translating(writing: false) { try await self.bucket.get(self.place.lock) }
        guard let stored else { return nil }
        let lock = try decoding { try LockObject(json: try self.json(stored.body)) }
        return FoundLock(lock: lock, tag: stored.tag, age: stored.age)
    }

    private func put(_ lock: LockObject, _ condition: WriteCondition) async throws -> String? {
        try await translating(writing: true) {
            try await self.bucket.put(lock.json.json(), at: self.place.lock, condition)
        }
    }

    /// With the time at which its lease ends when it is not renewed, or has ended.
    private func status(of found: FoundLock) -> LockStatus {
        guard !found.lock.isReleased else { return .free }
        let isExpired = found.lock.isExpired(at: found.age)
        let left = (found.lock.lease - found.age) / .seconds(1)
        var holder = found.lock.holder
        holder.until = time.secondsSince1970 + (isExpired ? left : max(0, left))
        return isExpired ? .expired(of: holder) : .held(by: holder)
    }
}
