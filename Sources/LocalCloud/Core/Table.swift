package import OrderedCollections

/// Records by key, in the order in which they were made, that knows which of them changed since it was last asked.
///
/// What is in a table survives a restart of the cloud: ``CloudStore`` writes the changes of all tables in one
/// transaction after each call. A record that was written again as it was has not changed.
package struct Table<Record: Codable & Sendable>: Sendable {
    package let name: String
    private var records: OrderedDictionary<String, Record> = [:]
    private var changed: Set<String> = []
    /// What was last handed over, as hashes of the text.
    private var written: [String: Int] = [:]

    /// - Parameter name: unique among all tables.
    package init(_ name: String) {
        self.name = name
    }

    package subscript(key: String) -> Record? {
        get { records[key] }
        set {
            records[key] = newValue
            changed.insert(key)
        }
    }

    /// Changes a record in place. Does nothing when there is none of that key.
    package mutating func update<Result>(
        _ key: String, _ body: (inout Record) throws(CloudFault) -> Result
    ) throws(CloudFault) -> Result? {
        guard var record = records[key] else { return nil }
        defer {
            records[key] = record
            changed.insert(key)
        }
        return try body(&record)
    }

    package var keys: OrderedSet<String> { records.keys }
    package var values: OrderedDictionary<String, Record>.Values { records.values }
    package var elements: OrderedDictionary<String, Record>.Elements { records.elements }
    package var count: Int { records.count }
    package var isEmpty: Bool { records.isEmpty }

    /// Takes out what meets the condition.
    package mutating func removeAll(where isRemoved: (Record) -> Bool) {
        for (key, record) in records.elements where isRemoved(record) { changed.insert(key) }
        records.removeAll { isRemoved($0.value) }
    }
}

extension Table: PersistentTable {
    package mutating func takeChanges(_ body: (RowChange) throws -> Void) throws {
        for key in changed {
            let record = try records[key].map { try RowCoding.encode($0) }
            guard record?.hashValue != written[key] else { continue }
            written[key] = record?.hashValue
            try body(RowChange(table: name, key: key, record: record))
        }
        changed.removeAll(keepingCapacity: true)
    }

    package mutating func load(_ rows: [StoredRow]) throws {
        for row in rows where row.table == name {
            records[row.key] = try RowCoding.decode(Record.self, from: row.record)
            written[row.key] = row.record.hashValue
        }
    }
}
