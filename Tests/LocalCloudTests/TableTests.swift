import LocalCloud
import TestSupport
import Testing

@Suite(.tags(.small))
struct TableTests {
    @Test("a table tells what changed since it was last asked, and is the same after a restart")
    func changes() throws {
        var table = Table<Int>("numbers")
        table["one"] = 1
        table["two"] = 2
        table["two"] = nil
        var changes: [RowChange] = []
        try table.takeChanges { changes.append($0) }
        #expect(Set(changes.map(\.key)) == ["one", "two"])
        #expect(changes.first { $0.key == "two" }?.record == nil)

        var restarted = Table<Int>("numbers")
        try restarted.load([StoredRow(table: "numbers", key: "one", record: "1")])
        #expect(restarted["one"] == 1)
        try restarted.takeChanges { _ in Issue.record("what was loaded is no change") }
    }
}
