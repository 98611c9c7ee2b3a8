/// Parameters and secrets, which tasks may be given.
package struct ParameterState: Sendable {
    package init() {}
}

extension ParameterState: PersistentTable {
    package mutating func takeChanges(_ body: (RowChange) throws -> Void) throws {}
    package mutating func load(_ rows: [StoredRow]) throws {}
}
