import FoundationEssentials

/// What keeps its records over restarts.
package protocol PersistentTable: SendableMetatype {
    /// Hands over what changed since the last time, in any order.
    mutating func takeChanges(_ body: (RowChange) throws -> Void) throws
    /// Puts in those of the rows that are its own; called once, before anything else.
    mutating func load(_ rows: [StoredRow]) throws
}

/// Some tables that are kept together, each named once.
package protocol PersistentTables: PersistentTable {
    static var tables: [TablePath<Self>] { get }
    /// Makes anew what follows from the tables and is not kept.
    mutating func tablesWereLoaded()
}

extension PersistentTables {
    package mutating func takeChanges(_ body: (RowChange) throws -> Void) throws {
        for table in Self.tables { try table.takeChanges(&self, body) }
    }

    package mutating func load(_ rows: [StoredRow]) throws {
        for table in Self.tables { try table.load(&self, rows) }
        tablesWereLoaded()
    }

    package mutating func tablesWereLoaded() {}
}

/// Where a table, or more of them, are within a value.
package struct TablePath<Root>: Sendable {
    fileprivate let takeChanges: @Sendable (inout Root, (RowChange) throws -> Void) throws -> Void
    fileprivate let load: @Sendable (inout Root, [StoredRow]) throws -> Void

    init<Tables: PersistentTable>(_ path: any WritableKeyPath<Root, Tables> & Sendable) {
        takeChanges = { try $0[keyPath: path].takeChanges($1) }
        load = { try $0[keyPath: path].load($1) }
    }
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
