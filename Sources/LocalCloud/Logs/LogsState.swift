/// Log groups, their streams and events.
package struct LogsState: Sendable {
    package init() {}
}

extension LogsState: PersistentTable {
    package mutating func takeChanges(_ body: (RowChange) throws -> Void) throws {}
    package mutating func load(_ rows: [StoredRow]) throws {}
}
