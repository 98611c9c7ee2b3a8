import Foundation
import LocalCloud
import TestSupport
import Testing

@Suite(.tags(.medium))
struct CloudStoreTests {
    @Test("rows stay in the order in which they were first written")
    func order() async throws {
        try await withStore { store, _ in
            try store.write(["c", "a", "b"].map { RowChange(table: "t", key: $0, record: "1") }, at: Moment(1))
            try store.write(
                [
                    RowChange(table: "t", key: "a", record: "2"), RowChange(table: "t", key: "c", record: nil),
                    RowChange(table: "u", key: "a", record: "3"), RowChange(table: "t", key: "d", record: "4"),
                ], at: Moment(2))
            #expect(
                try store.rows().map { "\($0.table).\($0.key)=\($0.record)" } == ["t.a=2", "t.b=1", "u.a=3", "t.d=4"])
            #expect(try store.lastMoment() == Moment(2))
        }
    }

    @Test("settings are kept")
    func settings() async throws {
        try await withStore { store, directory in
            #expect(try store["port"] == nil)
            try store.set("port", to: "1")
            try store.set("port", to: "2")
            store.close()
            let reopened = try CloudStore(directory: directory)
            #expect(try reopened["port"] == "2")
            reopened.close()
        }
    }

    @Test("a second process is told who has it, and may have it afterwards")
    func lock() async throws {
        try await withStore { store, directory in
            let pid = Int(ProcessInfo.processInfo.processIdentifier)
            #expect(throws: CloudStoreError.inUse(pid: pid)) { try CloudStore(directory: directory) }
            #expect(CloudStoreError.inUse(pid: 17).description.contains("process 17"))
            store.close()
            #expect(throws: Never.self) { try CloudStore(directory: directory).close() }
        }
    }

    @Test("nobody else may read what is kept")
    func permissions() async throws {
        try await withStore { store, directory in
            try store.set("secret", to: "1")
            for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(directory)/\(name)")
                #expect((attributes[.posixPermissions] as? Int) == 0o600, "\(name)")
            }
        }
    }

    @Test("what is no database is refused with its path")
    func damage() async throws {
        try await TemporaryDirectory.with { directory in
            try Data("no database at all, but long enough to be one".utf8).write(
                to: directory.url.appending(path: "cloud.sqlite"))
            let error = try #require(throws: CloudStoreError.self) { try CloudStore(directory: directory.url.path) }
            #expect(error.description.contains("cloud.sqlite"))
        }
    }

    private func withStore(_ body: (CloudStore, String) throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            let store = try CloudStore(directory: directory.url.path)
            defer { store.close() }
            try body(store, directory.url.path)
        }
    }
}
