package import AttributeTree
import FoundationEssentials
import GRDB
package import Reconciliation
import ResourceModel
package import StateModel

/// A state in one SQLite file, readable by its owner only; what is recorded together is one transaction, on the disk when it
/// returns.
///
/// The lock is of the operating system and ends with the process that holds it.
package final class SQLiteStateStore: StateStore {
    private let database: StateDatabase
    private let lockFile: LockFile

    /// Opens the state, and makes it where there is none, directory included.
    /// - Throws: ``StateStoreError``.
    package init(path: String) throws {
        database = try StateDatabase(path: path)
        lockFile = LockFile(path: path + ".lock")
    }

    package func lock(_ holder: LockHolder) async throws { try lockFile.lock(holder) }
    package func unlock() async throws { lockFile.unlock() }

    package func lockStatus() async throws -> LockStatus {
        try lockFile.holder().map { .held(by: $0) } ?? .free
    }

    /// Nothing has to be done: it goes with the process.
    package func keepLock() async -> StateStoreError? { nil }

    package func breakLock(of holder: LockHolder, as breaker: LockHolder) async throws {
        if let current = try lockFile.holder(), current.isSame(as: holder) {
            throw StateStoreError.inseparable(current)
        }
    }

    /// It is made when it is opened.
    package func create() async throws {}

    package func load() async throws -> RecordedState {
        let stored = try await database.read { try StoredState($0) }
        let state = try database.translating { try stored.decoded() }
        if let violation = state.violations().first {
            throw StateStoreError.damaged(location: database.path, reason: violation.description)
        }
        return state
    }

    package func record(_ events: [StateEvent]) async throws {
        try await database.write { connection in
            for event in events { try event.store(in: connection) }
        }
    }

    package func begin(_ apply: ApplyRecord) async throws -> Int {
        try await database.write { connection in
            // Only the holder of the lock begins: what still says that it is running was killed.
            try connection.execute(
                sql: "UPDATE applies SET outcome = ? WHERE outcome = ?",
                arguments: [ApplyRecord.Outcome.interrupted.rawValue, ApplyRecord.Outcome.running.rawValue])
            try connection.execute(
                sql: """
                    INSERT INTO applies (command, startedAt, user, gitCommit, plan, outcome) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    apply.command, apply.startedAt, apply.user, apply.gitCommit, apply.plan, apply.outcome.rawValue,
                ])
            return Int(connection.lastInsertedRowID)
        }
    }

    package func finish(
        _ id: Int, outcome: ApplyRecord.Outcome, at time: Double, report: AttributeValue?
    ) async throws {
        try await database.write { connection in
            try connection.execute(
                sql: "UPDATE applies SET outcome = ?, endedAt = ?, report = ? WHERE id = ?",
                arguments: [outcome.rawValue, time, report?.jsonText(), id])
            try connection.execute(
                sql: "UPDATE applies SET report = NULL WHERE id <= ? AND report IS NOT NULL",
                arguments: [id - ApplyRecord.reportsKept])
        }
    }

    package func history(limit: Int) async throws -> [ApplyRecord] {
        try await database.read { connection in
            try Row.fetchAll(
                connection, sql: "SELECT * FROM applies ORDER BY id DESC LIMIT ?", arguments: [limit]
            ).map(ApplyRecord.init)
        }
    }

    package func apply(_ id: Int) async throws -> ApplyRecord? {
        try await database.read { connection in
            try Row.fetchOne(connection, sql: "SELECT * FROM applies WHERE id = ?", arguments: [id])
                .map(ApplyRecord.init)
        }
    }
}

extension ApplyRecord {
    fileprivate init(_ row: Row) throws {
        guard let outcome = Outcome(rawValue: try row.decode(forColumn: "outcome")) else {
            throw StateFormatError(at: "applies.outcome", expected: "a word that this version knows")
        }
        let report: String? = try row.decode(forColumn: "report")
        let startedAt: Double = try row.decode(forColumn: "startedAt")
        let endedAt: Double? = try row.decode(forColumn: "endedAt")
        for (column, time) in [("startedAt", startedAt), ("endedAt", endedAt)]
        where time.map(RecordedState.times.contains) == false {
            throw StateFormatError(at: .root.member("applies").member(column), expected: "a number of seconds")
        }
        self.init(
            id: try row.decode(forColumn: "id"), command: try row.decode(forColumn: "command"),
            startedAt: startedAt, endedAt: endedAt,
            user: try row.decode(forColumn: "user"), gitCommit: try row.decode(forColumn: "gitCommit"),
            plan: try row.decode(forColumn: "plan"), outcome: outcome,
            report: try report.map { try AttributeValue(json: $0) })
    }
}
