import AttributeTree
import Foundation
import GRDB
import Reconciliation
import ResourceModel
import StateModel
import StateStorage
import TestSupport
import Testing

/// Files of earlier formats, each with what this version makes of it, in the directory `Upgrades`: `1.sql` is the dump of
/// a file of format 1, and `1.json` is what is read from it.
@Suite(.tags(.medium))
struct UpgradeTests {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Upgrades")

    /// There is a file for every format before the one that is written.
    @Test(arguments: 1..<RecordedState.formatVersion)
    func aFileOfAnEarlierFormatIsReadAndWrittenAsOneOfThis(format: Int) async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("state.sqlite")
            let dump = try String(contentsOf: Self.directory.appending(path: "\(format).sql"), encoding: .utf8)
            try await DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: dump) }

            let store = try SQLiteStateStore(path: path)
            try Snapshot.expect(
                try await content(of: store).jsonText(.pretty) + "\n", equals: "\(format).json", in: Self.directory)
            // It is a file of this version now: what was not known before is kept.
            try await store.lock(.ada)
            var box = RecordedResource.box("a")
            box.started = ["deployment": "d-1"]
            box.proven = [["size": 2]]
            try await store.record(.recorded(box, completing: nil))
            #expect(try await SQLiteStateStore(path: path).load().resources[box.address] == box)
            let id = try await store.begin(
                ApplyRecord(id: 0, command: "apply", startedAt: 1, user: "ada@engine", plan: "{}"))
            try await store.finish(id, outcome: .succeeded, at: 2, report: ApplyReport().json)
            #expect(try await store.apply(id)?.report == ApplyReport().json)
            let version = try await DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
            #expect(version == RecordedState.formatVersion)
        }
    }

    private func content(of store: SQLiteStateStore) async throws -> AttributeValue {
        let state = try await store.load()
        let history = try await store.history(limit: 100)
        return [
            "lineage": .string(state.lineage), "salt": .string(state.salt), "serial": .int(state.serial),
            "nextIntentID": .int(state.nextIntentID),
            "resources": .list(state.resources.values.sorted { $0.address < $1.address }.map(\.json)),
            "intents": .list(state.intents.map(\.json)),
            "applies": .list(
                history.map { apply in
                    [
                        "id": .int(apply.id), "command": .string(apply.command), "user": .string(apply.user),
                        "outcome": .string(apply.outcome.rawValue), "startedAt": .number(apply.startedAt),
                        "endedAt": apply.endedAt.map { .number($0) } ?? .null, "report": apply.report ?? .null,
                    ]
                }),
        ]
    }
}
