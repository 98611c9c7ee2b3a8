import FoundationEssentials
import GRDB

/// A step from one version of the file to the next. A migration that has been released is never changed.
struct Migration: Sendable {
    /// ``RecordedState/formatVersion`` after it.
    var version: Int
    var run: @Sendable (Database) throws -> Void

    static let all = [Migration(version: 1, run: createTables), Migration(version: 2, run: addReports)]

    /// Resources and intents are kept as JSON: what they are made of changes more often than how they are found.
    @Sendable private static func createTables(_ connection: Database) throws {
        try connection.execute(
            sql: """
                CREATE TABLE state (
                    id INTEGER PRIMARY KEY CHECK (id = 1), lineage TEXT NOT NULL, salt TEXT NOT NULL,
                    serial INTEGER NOT NULL, nextIntentID INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE resources (address TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TABLE intents (id INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT;
                CREATE TABLE applies (
                    id INTEGER PRIMARY KEY AUTOINCREMENT, command TEXT NOT NULL, startedAt REAL NOT NULL, endedAt REAL,
                    user TEXT NOT NULL, gitCommit TEXT, plan TEXT NOT NULL, outcome TEXT NOT NULL
                ) STRICT;
                """)
        try connection.execute(
            sql: "INSERT INTO state (id, lineage, salt, serial, nextIntentID) VALUES (1, ?, ?, 0, 1)",
            arguments: [UUID().uuidString, UUID().uuidString])
    }

    /// An apply keeps what came of it. Resources have members more, which may be absent.
    @Sendable private static func addReports(_ connection: Database) throws {
        try connection.execute(sql: "ALTER TABLE applies ADD COLUMN report TEXT")
    }
}
