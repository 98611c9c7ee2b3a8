/// Buckets and objects.
package struct ObjectState: Sendable {
    package init() {}
}

extension ObjectState: PersistentTable {
    package mutating func takeChanges(_ body: (RowChange) throws -> Void) throws {}
    package mutating func load(_ rows: [StoredRow]) throws {}
}
