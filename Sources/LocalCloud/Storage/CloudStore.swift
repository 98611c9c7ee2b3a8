import GRDB

/// Where the world is kept over restarts: rows of JSON in a SQLite file, which nobody else may read.
///
/// One process has it open at a time.
package final class CloudStore: Sendable {
    private static let formatVersion = 1

    package let path: String
    private let lock: ProcessLock
    private let queue: DatabaseQueue

    /// - Parameter directory: exists.
    /// - Throws: ``CloudStoreError``.
    package init(directory: String) throws {
        path = directory + "/cloud.sqlite"
        lock = try ProcessLock(path: Self.lockPath(in: directory))
        do {
            try FileAccess.createPrivateFile(at: path)
            var configuration = Configuration()
            configuration.label = "local cloud"
            configuration.prepareDatabase { connection in
                try connection.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
            }
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { try Self.prepareSchema(of: $0) }
        } catch let error as CloudStoreError {
            throw error
        } catch {
            throw CloudStoreError.unusable(path: path, reason: String(describing: error))
        }
    }

    private static func prepareSchema(of connection: Database) throws {
        let version = try Int.fetchOne(connection, sql: "PRAGMA user_version") ?? 0
        guard version <= formatVersion else { throw CloudStoreError.laterVersion(version) }
        guard version < formatVersion else { return }
        try connection.execute(
            sql: """
                CREATE TABLE rows (
                    position INTEGER PRIMARY KEY, "table" TEXT NOT NULL, key TEXT NOT NULL, record TEXT NOT NULL,
                    UNIQUE ("table", key)
                ) STRICT;
                CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
                PRAGMA user_version = \(formatVersion);
                """)
    }

    /// All rows, in the order in which they were first written.
    package func rows() throws -> [StoredRow] {
        try queue.read { connection in
            try Row.fetchAll(connection, sql: #"SELECT "table", key, record FROM rows ORDER BY position"#)
                .map { StoredRow(table: $0[0], key: $0[1], record: $0[2]) }
        }
    }

    /// Keeps all of these changes or none.
    ///
    /// - Parameter now: the cloud's time, from which it goes on at the next start.
    package func write(_ changes: [RowChange], at now: Moment) throws {
        try queue.write { connection in
            let upsert = try connection.cachedStatement(
                sql: """
                    INSERT INTO rows ("table", key, record) VALUES (?, ?, ?)
                    ON CONFLICT ("table", key) DO UPDATE SET record = excluded.record
                    """)
            let delete = try connection.cachedStatement(sql: #"DELETE FROM rows WHERE "table" = ? AND key = ?"#)
            for change in changes {
                if let record = change.record {
                    try upsert.execute(arguments: [change.table, change.key, record])
                } else {
                    try delete.execute(arguments: [change.table, change.key])
                }
            }
            try Self.set("time", to: String(now.secondsSince1970), connection)
        }
    }

    /// The last time of the cloud at which anything was kept.
    package func lastMoment() throws -> Moment? {
        try self["time"].flatMap(Double.init).map(Moment.init)
    }

    package subscript(setting: String) -> String? {
        get throws {
            try queue.read {
                try String.fetchOne($0, sql: "SELECT value FROM settings WHERE name = ?", arguments: [setting])
            }
        }
    }

    package func set(_ setting: String, to value: String) throws {
        try queue.write { try Self.set(setting, to: value, $0) }
    }

    private static func set(_ setting: String, to value: String, _ connection: Database) throws {
        try connection.cachedStatement(
            sql: "INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        ).execute(arguments: [setting, value])
    }

    /// Lets another process have it. Nothing may be read or written after this.
    package func close() {
        try? queue.close()
        lock.unlock()
    }
}
