/// Users with keys, and roles.
package struct IdentityState: Sendable {
    package init() {}
}

extension IdentityState: PersistentTable {
    package mutating func takeChanges(_ body: (RowChange) throws -> Void) throws {}
    package mutating func load(_ rows: [StoredRow]) throws {}
}
