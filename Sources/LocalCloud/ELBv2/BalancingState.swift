/// Load balancers, listeners, rules, target groups and their targets.
package struct BalancingState: Sendable {
    package init() {}
}

extension BalancingState: PersistentTable {
    package mutating func takeChanges(_ body: (RowChange) throws -> Void) throws {}
    package mutating func load(_ rows: [StoredRow]) throws {}
}
