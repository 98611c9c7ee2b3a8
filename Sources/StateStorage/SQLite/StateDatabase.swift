import FoundationEssentials
import GRDB
import Glibc
import Reconciliation
import StateModel

/// The SQLite file: how it is opened, and what its errors are to the engine.
struct StateDatabase: Sendable {
    /// Tells a state from any other SQLite file: `rcnl`.
    private static let applicationID = 0x7263_6E6C

    let path: String
    private let queue: DatabaseQueue
    /// The file that was opened, whatever is at its path later.
    private let file: FileIdentity?

    init(path: String) throws {
        self.path = path
        try Self.createFile(at: path)
        do {
            queue = try DatabaseQueue(path: path, configuration: Self.configuration)
            try queue.write { try Self.prepareSchema(of: $0, at: path) }
            file = FileIdentity(path: path)
        } catch let error as StateStoreError {
            throw error
        } catch {
            throw StateStoreError(error, at: path, writing: false)
        }
    }

    func read<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await queue.read(work)
        } catch {
            throw StateStoreError(error, at: path, writing: false)
        }
    }

    /// One transaction.
    func write<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await queue.write(work))
        } catch {
            outcome = .failure(StateStoreError(error, at: path, writing: true))
        }
        // SQLite goes on writing to a file that was removed, and nobody would ever read it.
        guard FileIdentity(path: path) == file else {
            throw StateStoreError.unwritable(location: path, reason: "it was removed or replaced while it was in use")
        }
        return try outcome.get()
    }

    /// Turns what is wrong with stored values into the error of a damaged store.
    func translating<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch {
            throw StateStoreError(error, at: path, writing: false)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.label = "reconcile.state"
        configuration.prepareDatabase { connection in
            // `Configuration.journalMode = .wal` would set synchronous to NORMAL after this, and a power cut could take
            // an intent away whose call was made.
            try connection.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            let full = 2
            guard try Int.fetchOne(connection, sql: "PRAGMA synchronous") == full else {
                throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: "it does not write through to the disk")
            }
        }
        return configuration
    }

    /// Makes the file before SQLite does, so that it and the files SQLite puts beside it are readable by nobody else.
    private static func createFile(at path: String) throws {
        let files = FileManager.default
        let directory = URL(filePath: path).deletingLastPathComponent().path
        do {
            if !files.fileExists(atPath: directory) {
                try files.createDirectory(
                    atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
        } catch {
            throw StateStoreError.unwritable(location: path, reason: "its directory cannot be made: \(error)")
        }
        guard !files.fileExists(atPath: path) else {
            // SQLite writes beside the file also when it only reads, and says of neither what is wrong.
            guard access(path, W_OK) == 0, access(directory, W_OK) == 0 else { throw unwritable(path) }
            return
        }
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw unwritable(path) }
        close(file)
    }

    /// With what the operating system says of the call that has just failed.
    private static func unwritable(_ path: String) -> StateStoreError {
        .unwritable(location: path, reason: String(cString: strerror(errno)))
    }

    private static func prepareSchema(of connection: Database, at path: String) throws {
        let application = try Int.fetchOne(connection, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(connection, sql: "PRAGMA user_version") ?? 0
        guard application == applicationID || (application, version) == (0, 0) else {
            throw StateStoreError.damaged(location: path, reason: "it is another program's SQLite file")
        }
        guard version <= RecordedState.formatVersion else {
            throw StateStoreError.laterVersion(found: version, location: path)
        }
        for migration in Migration.all where migration.version > version {
            try migration.run(connection)
            try connection.execute(sql: "PRAGMA user_version = \(migration.version)")
        }
        if application == 0 { try connection.execute(sql: "PRAGMA application_id = \(applicationID)") }
    }
}

/// Tells a file from another that has its path later.
private struct FileIdentity: Sendable, Equatable {
    private var device: dev_t
    private var number: ino_t

    /// `nil` where there is no file.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        (device, number) = (status.st_dev, status.st_ino)
    }
}

extension StateStoreError {
    fileprivate init(_ error: any Error, at path: String, writing: Bool) {
        switch error {
        case let error as StateStoreError: self = error
        case let error as DatabaseError: self.init(error, at: path, writing: writing)
        case let error as StateFormatError: self = .damaged(location: path, reason: error.description)
        case let error: self = .damaged(location: path, reason: String(describing: error))
        }
    }

    private init(_ error: DatabaseError, at path: String, writing: Bool) {
        let reason = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH:
            self = .damaged(location: path, reason: reason)
        case _ where writing: self = .unwritable(location: path, reason: reason)
        case _: self = .unreadable(location: path, reason: reason)
        }
    }
}
