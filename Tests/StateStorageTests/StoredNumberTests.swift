import AttributeTree
import GRDB
import Reconciliation
import StateModel
import TestSupport
import Testing

@testable import StateStorage

/// Numbers that nothing can be counted from, and times that no calendar has: whoever reads a state goes on from both.
@Suite(.tags(.small))
struct StoredNumberTests {
    @Test(arguments: [
        (#"{"token": "t", "event": {"abandoned": -1}}"#, "abandoned is not a whole number from 0"),
        (#"{"token": "t", "event": {"abandoned": 9007199254740992}}"#, "abandoned is not a whole number from 0"),
        (
            #"{"token": "t", "finished": {"apply": -9223372036854775808, "outcome": "failed", "endedAt": 1}}"#,
            "finished.apply is not a whole number from 0"
        ),
        (
            #"{"token": "t", "finished": {"apply": 1, "outcome": "failed", "endedAt": 1e300}}"#,
            "finished.endedAt is not a number of seconds"
        ),
        (
            #"{"token": "t", "apply": {"id": 1, "command": "apply", "startedAt": -1, "user": "u", "plan": ""}}"#,
            "startedAt is not a number of seconds"
        ),
        (
            #"{"token": "t", "locked": {"user": "u", "processID": 1, "command": "apply", "since": 1e300}}"#,
            "locked is not the holder of a lock"
        ),
    ])
    func anEntryOfALogWithOneIsRefused(_ text: String, _ reason: String) throws {
        let json = try AttributeValue(json: text)
        #expect { try LogEntry(json: json) } throws: { ($0 as? StateFormatError)?.description == reason }
    }

    @Test func aSnapshotWithoutRoomForTheNextEntryIsRefused() throws {
        let origin = LogEntry.Origin(lineage: "l", salt: "s", project: "p", environment: "e")
        let log = try StateLog(createdBy: LogEntry(token: "", content: .created(origin)))
        var snapshot = log.snapshot
        #expect(try StateLog(snapshot: snapshot) == log)
        snapshot["position"] = .int(.max)
        #expect(throws: StateFormatError(at: "position", expected: "a whole number from 0")) {
            try StateLog(snapshot: snapshot)
        }
    }

    @Test func aLeaseThatNeverEndsIsRefused() throws {
        var json = LockObject(token: "t", lease: .seconds(30), holder: .ada).json
        #expect(try LockObject(json: json).lease == .seconds(30))
        json["leaseSeconds"] = 1e300
        #expect(throws: StateFormatError(at: "leaseSeconds", expected: "a number of seconds")) {
            try LockObject(json: json)
        }
    }

    @Test func anApplyOfNoTimeIsRefused() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("state.sqlite")
            let store = try SQLiteStateStore(path: path)
            _ = try await store.begin(ApplyRecord(id: 0, command: "apply", startedAt: 1, user: "u", plan: "{}"))
            #expect(try await store.history(limit: 1).count == 1)
            try await DatabaseQueue(path: path).write { try $0.execute(sql: "UPDATE applies SET startedAt = 1e300") }
            let error = StateStoreError.damaged(
                location: path, reason: "applies.startedAt is not a number of seconds")
            await #expect(throws: error) { try await store.history(limit: 1) }
        }
    }
}
