import FoundationEssentials

/// What keeps its records over restarts.
package protocol PersistentTable {
    /// Hands over what changed since the last time, in any order.
    mutating func takeChanges(_ body: (RowChange) throws -> Void) throws
    /// Puts in those of the rows that are its own; called once, before anything else.
    mutating func load(_ rows: [StoredRow]) throws
}

/// A record that was written or removed.
package struct RowChange: Sendable, Hashable {
    package var table: String
    package var key: String
    /// In JSON; `nil` when it was removed.
    package var record: String?

    package init(table: String, key: String, record: String?) {
        self.table = table
        self.key = key
        self.record = record
    }
}

/// A record as it is kept.
package struct StoredRow: Sendable, Hashable {
    package var table: String
    package var key: String
    /// In JSON.
    package var record: String

    package init(table: String, key: String, record: String) {
        self.table = table
        self.key = key
        self.record = record
    }
}

/// How a record becomes text: equal records become equal texts.
enum RowCoding {
    static func encode(_ record: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(record), as: UTF8.self)
    }

    static func decode<Record: Decodable>(_ type: Record.Type, from text: String) throws -> Record {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
