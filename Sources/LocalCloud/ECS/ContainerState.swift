/// Clusters, task definitions, services, deployments and tasks.
package struct ContainerState: Sendable {
    package init() {}
}

extension ContainerState: PersistentTable {
    package mutating func takeChanges(_ body: (RowChange) throws -> Void) throws {}
    package mutating func load(_ rows: [StoredRow]) throws {}
}
