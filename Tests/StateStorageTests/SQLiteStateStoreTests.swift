import Foundation
import GRDB
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

@testable import StateStorage

/// What only a file can do, and what can be done to it.
@Suite(.tags(.medium))
struct SQLiteStateStoreTests {
    @Test func nobodyElseMayReadIt() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path(".reconcile/hello-local.sqlite")
            let store = try SQLiteStateStore(path: path)
            try await store.lock(.ada)
            try await store.record(.began(.creating("a", id: 1)))
            #expect(try permissions(directory.path(".reconcile")) == 0o700)
            for suffix in ["", "-wal", "-shm", ".lock"] { #expect(try permissions(path + suffix) == 0o600) }
        }
    }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func whatWasRecordedIsThereForTheNextProcess() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("state.sqlite")
            let first = try SQLiteStateStore(path: path)
            try await first.record(.recorded(.box("a"), completing: nil))
            let state = try await SQLiteStateStore(path: path).load()
            #expect(try await first.load() == state)
            #expect(state.resources.count == 1)
        }
    }

    @Test func ofWhatIsRecordedTogetherAllIsStoredOrNothing() async throws {
        try await TemporaryDirectory.with { directory in
            let store = try SQLiteStateStore(path: directory.path("state.sqlite"))
            try await store.lock(.ada)
            try await store.record(.began(.creating("a", id: 1)))
            let state = try await store.load()
            await #expect(throws: StateStoreError.self) {
                try await store.record([
                    .recorded(.box("a"), completing: 1), .began(.creating("b", id: 2)), .began(.creating("c", id: 2)),
                ])
            }
            #expect(try await store.load() == state)
        }
    }

    @Test func twoProcessesKeepEachOtherOutAndTheLockGoesWithItsHolder() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("state.sqlite")
            var first: SQLiteStateStore? = try SQLiteStateStore(path: path)
            let second = try SQLiteStateStore(path: path)
            try await first?.lock(.ada)
            await #expect(throws: StateStoreError.locked(by: .ada)) { try await second.lock(.bob) }
            #expect(try await second.load().serial == 0, "reading needs no lock")
            first = nil
            try await second.lock(.bob)
            try await second.unlock()
        }
    }

    @Test func aProcessThatIsKilledLeavesNoLock() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("state.sqlite")
            let store = try SQLiteStateStore(path: path)
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/flock")
            process.arguments = ["--no-fork", path + ".lock", "sh", "-c", "echo held; exec sleep 1000"]
            let output = Pipe()
            process.standardOutput = output
            await withCheckedContinuation { continuation in
                process.terminationHandler = { _ in continuation.resume() }
                #expect(throws: Never.self) { try process.run() }
                _ = output.fileHandleForReading.availableData
                #expect(throws: StateStoreError.locked(by: nil)) { try LockFile(path: path + ".lock").lock(.ada) }
                kill(process.processIdentifier, SIGKILL)
            }
            try await store.lock(.ada)
        }
    }

    @Test func aNameThatAKilledProcessHasLeftHoldsNothing() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("state.sqlite")
            let store = try SQLiteStateStore(path: path)
            try await store.lock(.ada)
            let left = try Data(contentsOf: URL(filePath: path + ".lock"))
            try await store.unlock()
            try left.write(to: URL(filePath: path + ".lock"))
            #expect(try await store.lockHolder() == nil)
        }
    }

    @Test func aFileThatIsRemovedWhileItIsInUseIsNotWrittenTo() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("state.sqlite")
            let store = try SQLiteStateStore(path: path)
            try await store.record(.began(.creating("a", id: 1)))
            try FileManager.default.removeItem(atPath: path)
            let removed = StateStoreError.unwritable(
                location: path, reason: "it was removed or replaced while it was in use")
            await #expect(throws: removed) { try await store.record(.began(.creating("b", id: 2))) }
            _ = try SQLiteStateStore(path: path)
            await #expect(throws: removed) { try await store.record(.began(.creating("c", id: 3))) }
        }
    }

    @Test func aPlaceWhereNothingCanBeMadeIsNamedWithTheReason() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("notes.txt/state.sqlite")
            try Data().write(to: URL(filePath: directory.path("notes.txt")))
            #expect(throws: StateStoreError.unwritable(location: path, reason: "Not a directory")) {
                try SQLiteStateStore(path: path)
            }
        }
    }

    @Test func aStateOfALaterVersionIsRefused() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("state.sqlite")
            _ = try SQLiteStateStore(path: path)
            try await DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 99") }
            #expect(throws: StateStoreError.laterVersion(found: 99, location: path)) {
                try SQLiteStateStore(path: path)
            }
        }
    }

    @Test func aFileThatIsNoStateIsRefused() async throws {
        try await TemporaryDirectory.with { directory in
            let text = directory.path("notes.txt")
            try Data(String(repeating: "not a database ", count: 500).utf8).write(to: URL(filePath: text))
            #expect(throws: StateStoreError.damaged(location: text, reason: "file is not a database")) {
                try SQLiteStateStore(path: text)
            }
            let other = directory.path("other.sqlite")
            try await DatabaseQueue(path: other).write { connection in
                try connection.execute(sql: "CREATE TABLE t (a); PRAGMA application_id = 7")
            }
            #expect(
                throws: StateStoreError.damaged(location: other, reason: "it is another program's SQLite file")
            ) {
                try SQLiteStateStore(path: other)
            }
        }
    }

    @Test(arguments: [
        ("UPDATE resources SET content = '{'", "unexpected end at byte 1"),
        ("UPDATE resources SET content = '{}'", "retired is not a list"),
        (
            "INSERT INTO resources SELECT 'Box/b', replace(content, 'Box/a', 'Box/b') FROM resources",
            "Box/a and Box/b have the same identity, id-a"
        ),
        ("DELETE FROM state", "state is not there"),
        ("UPDATE state SET serial = 9223372036854775807", "state is not numbered from 0"),
    ])
    func damageIsFoundWhenTheStateIsRead(sql: String, reason: String) async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("state.sqlite")
            let store = try SQLiteStateStore(path: path)
            try await store.record(.recorded(.box("a"), completing: nil))
            try await DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
            await #expect(throws: StateStoreError.damaged(location: path, reason: reason)) { try await store.load() }
        }
    }

    @Test func aDirectoryThatCannotBeMadeIsTold() throws {
        #expect {
            try SQLiteStateStore(path: "/proc/nowhere/state.sqlite")
        } throws: { error in
            if case .unwritable(let location, _) = error as? StateStoreError {
                location == "/proc/nowhere/state.sqlite"
            } else {
                false
            }
        }
    }
}
