import LocalCloud
import TestSupport
import Testing

@Suite(.tags(.small))
struct TableTests {
    @Test("a table tells what changed since it was last asked")
    func changes() throws {
        var table = Table<Int>("numbers")
        table["one"] = 1
        table["two"] = 2
        table["three"] = 3
        table["three"] = nil
        #expect(try table.changedKeys() == ["one", "two"])
        table["two"] = nil
        #expect(try table.changedKeys() == ["two"])
        #expect(try table.changedKeys() == [])
    }

    @Test("a record that is written again as it was has not changed")
    func sameAgain() throws {
        var table = Table<[String: Int]>("numbers")
        table["even"] = ["two": 2, "four": 4]
        #expect(try table.changedKeys() == ["even"])
        table["even"] = ["four": 4, "two": 2]
        #expect(try table.changedKeys() == [])
    }

    @Test("a table is the same after a restart, and what was loaded is no change")
    func restart() throws {
        var table = Table<Int>("numbers")
        try table.load([
            StoredRow(table: "numbers", key: "one", record: "1"), StoredRow(table: "letters", key: "a", record: "2"),
        ])
        #expect(Array(table.keys) == ["one"])
        #expect(table["one"] == 1)
        table["one"] = 1
        #expect(try table.changedKeys() == [])
    }
}

extension Table {
    fileprivate mutating func changedKeys() throws -> Set<String> {
        var keys: Set<String> = []
        try takeChanges { keys.insert($0.key) }
        return keys
    }
}
