package import AWSClient
package import AttributeTree
import FoundationEssentials
import Reconciliation
package import StateModel
import Synchronization

/// A state in S3, for a team: a log whose entries are written once each, and a lock that ends when it is not renewed.
///
/// Nothing is deleted, and nothing but the lock and the snapshot is ever written over, save that the end of an apply of long
/// ago loses its report. An entry is written only where there is none: of two processes that both take themselves for the
/// holder of the lock one finds the other's entry in its place, and has lost the lock. Under the lock writes come one after
/// the other.
package final class S3StateStore: StateStore {
    let bucket: any ObjectBucket
    let place: StatePlace
    let time: any TimeSource
    let lease: Duration
    let held = Mutex<HeldLock?>(nil)
    /// What was read last. No entry ever changes: who reads again, as an attach does each second, reads what was added.
    let known = Mutex<(log: StateLog, snapshot: HeldLock.Snapshot)?>(nil)

    /// Writes a snapshot as often, so that nobody has to read more entries than that; and less often where it is large.
    private static func entriesBetweenSnapshots(of state: RecordedState) -> Int {
        max(256, state.resources.count / 10)
    }

    /// And when it gives the lock back after so many.
    static let entriesUntilLastSnapshot = 16

    /// - Parameters:
    ///   - prefix: What all keys begin with; no slash at its end.
    ///   - lease: After how long a lock that is not renewed can be taken by another.
    package init(
        in bucket: any ObjectBucket, named name: String, prefix: String, project: String, environment: String,
        lease: Duration = .seconds(60), time: any TimeSource = SystemTime()
    ) {
        self.bucket = bucket
        self.lease = lease
        self.time = time
        place = StatePlace(bucket: name, prefix: prefix, project: project, environment: environment)
    }

    package func load() async throws -> RecordedState {
        let held = held.withLock { held in held?.failure == nil ? held?.log.state : nil }
        if let held { return held }
        // One that is not made yet has neither lineage nor salt, and nothing that would need them.
        return try await readLog().log?.state ?? RecordedState(lineage: "", salt: "")
    }

    package func create() async throws { _ = try await readOrCreateLog() }

    package func record(_ events: [StateEvent]) async throws {
        try await append(.recorded(events))
    }

    package func begin(_ apply: ApplyRecord) async throws -> Int {
        var apply = apply
        apply.id = (held.withLock { $0?.log.applies.count } ?? 0) + 1
        try await append(.began(apply))
        return apply.id
    }

    package func finish(
        _ id: Int, outcome: ApplyRecord.Outcome, at time: Double, report: AttributeValue?
    ) async throws {
        try await append(.finished(apply: id, outcome, at: time, report: report))
        await dropReport(of: id - ApplyRecord.reportsKept)
    }

    package func history(limit: Int) async throws -> [ApplyRecord] {
        let applies = try await currentApplies()
        let newest = applies.enumerated().suffix(limit).reversed()
        return try await inOrder(newest.map { ($0.offset + 1, $0.element) }) { id, apply in
            try await self.record(of: apply, isLast: id == applies.count)
        }
    }

    package func apply(_ id: Int) async throws -> ApplyRecord? {
        let applies = try await currentApplies()
        guard applies.indices.contains(id - 1) else { return nil }
        return try await record(of: applies[id - 1], isLast: id == applies.count)
    }

    private func currentApplies() async throws -> [StateLog.Apply] {
        if let held = held.withLock({ $0?.log.applies }) { return held }
        return try await readLog().log?.applies ?? []
    }

    private func record(of apply: StateLog.Apply, isLast: Bool) async throws -> ApplyRecord {
        guard case .began(var record) = try await entry(apply.beginning).content else {
            throw damage("entry \(apply.beginning) of the log begins no apply")
        }
        guard let end = apply.end else {
            // Only the holder of the lock begins: what says that it is running, and is not the last, was killed.
            record.outcome = isLast ? .running : .interrupted
            return record
        }
        guard case .finished(_, let outcome, let time, let report) = try await entry(end).content else {
            throw damage("entry \(end) of the log ends no apply")
        }
        (record.outcome, record.endedAt, record.report) = (outcome, time, report)
        return record
    }
}

// MARK: - Reading

extension S3StateStore {
    /// All that is recorded, `nil` where nothing is, and the tag of the snapshot it was read from.
    private func readLog() async throws -> (log: StateLog?, snapshot: HeldLock.Snapshot) {
        let before: (log: StateLog?, snapshot: HeldLock.Snapshot) =
            if let known = known.withLock({ $0 }) { known } else { try await readSnapshot() }
        guard let log = try await readLog(after: before.log) else { return (nil, before.snapshot) }
        known.withLock { $0 = (log, before.snapshot) }
        return (log, before.snapshot)
    }

    /// The same, and the state is made where there is none.
    func readOrCreateLog() async throws -> (log: StateLog, snapshot: HeldLock.Snapshot) {
        let found = try await readLog()
        if let log = found.log { return (log, found.snapshot) }
        let first = try await firstEntry()
        let log = try decoding { try StateLog(createdBy: first) }
        try check(log)
        return (log, found.snapshot)
    }

    private func readSnapshot() async throws -> (log: StateLog?, snapshot: HeldLock.Snapshot) {
        let stored = try await translating(writing: false) { try await self.bucket.get(self.place.snapshot) }
        guard let stored else { return (nil, HeldLock.Snapshot()) }
        let log = try decoding { try StateLog(snapshot: try self.json(stored.body)) }
        return (log, HeldLock.Snapshot(tag: stored.tag, position: log.position))
    }

    private func readLog(after snapshot: StateLog?) async throws -> StateLog? {
        let last = snapshot?.position ?? 0
        let keys = try await translating(writing: false) {
            try await self.bucket.keys(under: self.place.log, after: self.place.entry(last))
        }
        let positions = (last + 1)..<(last + 1 + keys.count)
        for (key, position) in zip(keys, positions) where key != place.entry(position) {
            throw damage("entry \(position) of its log is missing")
        }
        var entries = try await inOrder(Array(positions)) { try await self.entry($0) }[...]
        var log: StateLog
        if let snapshot {
            log = snapshot
        } else {
            guard let first = entries.popFirst() else { return nil }
            log = try decoding { try StateLog(createdBy: first) }
        }
        for entry in entries { try decoding { try log.append(entry) } }
        try check(log)
        return log
    }

    /// Makes the state. Of several who do, one does, and all have what that one has made.
    private func firstEntry() async throws -> LogEntry {
        let origin = LogEntry.Origin(
            lineage: UUID().uuidString, salt: UUID().uuidString, project: place.project,
            environment: place.environment)
        let entry = LogEntry(token: "", content: .created(origin))
        return try await write(entry, at: 1) ?? entry
    }

    private func check(_ log: StateLog) throws {
        guard (log.origin.project, log.origin.environment) == (place.project, place.environment) else {
            throw StateStoreError.anotherProject(
                at: place.description, project: log.origin.project, environment: log.origin.environment)
        }
        if let violation = log.state.violations().first { throw damage(violation.description) }
    }

    func entry(_ position: Int) async throws -> LogEntry {
        let stored = try await translating(writing: false) { try await self.bucket.get(self.place.entry(position)) }
        guard let stored else { throw damage("entry \(position) of its log is missing") }
        return try decoding { try LogEntry(json: try self.json(stored.body)) }
    }

    /// Does the same with every element, several at once.
    private func inOrder<Element: Sendable, Value: Sendable>(
        _ elements: [Element], _ work: @escaping @Sendable (Element) async throws -> Value
    ) async throws -> [Value] {
        let atOnce = 16
        var values: [Int: Value] = [:]
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for (index, element) in elements.enumerated() {
                if index >= atOnce, let (index, value) = try await group.next() { values[index] = value }
                group.addTask { (index, try await work(element)) }
            }
            for try await (index, value) in group { values[index] = value }
        }
        return elements.indices.compactMap { values[$0] }
    }
}

// MARK: - Writing

extension S3StateStore {
    /// Writes the next entry, under the lock.
    private func append(_ content: LogEntry.Content) async throws {
        let (entry, position) = try held.withLock { held in
            guard let lock = held else { throw StateStoreError.lockLost(to: nil) }
            if lock.lease.isOver(at: time.uptime) { held?.fail(with: .lockLost(to: nil)) }
            if let failure = held?.failure { throw failure }
            return (LogEntry(token: lock.object.token, content: content), lock.log.position + 1)
        }
        do {
            if let other = try await write(entry, at: position) { throw lost(to: other) }
            try decoding { try held.withLock { try $0?.log.append(entry) } }
        } catch {
            // It may have been written all the same. A log whose end is not known is not written to.
            held.withLock { $0?.fail(with: StateStoreError(error, at: place, writing: true)) }
            throw error
        }
        await writeSnapshot { Self.entriesBetweenSnapshots(of: $0) }
    }

    private func lost(to other: LogEntry) -> StateStoreError {
        if case .locked(let holder) = other.content { .lockLost(to: holder) } else { .lockLost(to: nil) }
    }

    /// Writes an entry, once.
    /// - Returns: Another entry that has the position; `nil` when it was written.
    func write(_ entry: LogEntry, at position: Int) async throws -> LogEntry? {
        let body = entry.json.json()
        return try await translating(writing: true) {
            if try await self.bucket.put(body, at: self.place.entry(position), .isNew) != nil { return nil }
            guard let found = try await self.bucket.get(self.place.entry(position)) else {
                throw self.damage("entry \(position) of its log was removed")
            }
            // An attempt whose answer was lost has written it.
            if found.body == body { return nil }
            return try LogEntry(json: try self.json(found.body))
        }
    }

    /// Spares those who come later the reading of the log. It says what the log says, whoever writes it and when; where it
    /// cannot be written, nothing is lost.
    func writeSnapshot(afterEntries count: (RecordedState) -> Int) async {
        let due = held.withLock { held -> (HeldLock.Snapshot, StateLog)? in
            guard let held, held.failure == nil, let snapshot = held.snapshot,
                held.log.position - snapshot.position >= count(held.log.state)
            else { return nil }
            return (snapshot, held.log)
        }
        guard let (snapshot, log) = due else { return }
        let tag = try? await bucket.put(
            log.snapshot.json(), at: place.snapshot, snapshot.tag.map { .isStill($0) } ?? .isNew)
        // One that was refused, or not answered, is another's, or a tag is not known: then no more are written.
        held.withLock { held in
            held?.snapshot = tag.map { HeldLock.Snapshot(tag: $0, position: log.position) }
        }
    }
}

// MARK: - What is long ago

extension S3StateStore {
    /// Writes the end of an apply over, without its report. It is the same whoever does it and when; where it cannot be done,
    /// the report stays.
    private func dropReport(of id: Int) async {
        let end = held.withLock { held -> Int? in
            guard let applies = held?.log.applies, applies.indices.contains(id - 1) else { return nil }
            return applies[id - 1].end
        }
        guard let key = end.map(place.entry), let stored = try? await bucket.get(key),
            var entry = try? AttributeValue(json: stored.body), entry["report"] != nil
        else { return }
        entry["report"] = nil
        _ = try? await bucket.put(entry.json(), at: key, .isStill(stored.tag))
    }
}

// MARK: - What is wrong

extension S3StateStore {
    func damage(_ reason: String) -> StateStoreError { .damaged(location: place.description, reason: reason) }

    func translating<Value>(writing: Bool, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch {
            throw StateStoreError(error, at: place, writing: writing)
        }
    }

    func decoding<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch {
            throw StateStoreError(error, at: place, writing: false)
        }
    }

    /// - Throws: ``StateStoreError`` when a later version of the program has written it.
    func json(_ body: [UInt8]) throws -> AttributeValue {
        let json = try AttributeValue(json: body)
        let version = json["formatVersion"]?.intValue ?? 0
        guard version <= StateLog.formatVersion else {
            throw StateStoreError.laterVersion(found: version, location: place.description)
        }
        return json
    }
}
