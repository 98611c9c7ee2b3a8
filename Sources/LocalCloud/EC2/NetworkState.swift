/// The default VPC, its subnets and its security groups.
package struct NetworkState: Sendable {
    package init(_ account: Account) {}
}

extension NetworkState: PersistentTable {
    package mutating func takeChanges(_ body: (RowChange) throws -> Void) throws {}
    package mutating func load(_ rows: [StoredRow]) throws {}
}
