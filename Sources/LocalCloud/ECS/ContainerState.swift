/// Clusters, task definitions, services, deployments and tasks: what ECS knows, each table by ARN.
package struct ContainerState: Sendable {
    package var clusters = Table<ClusterRecord>("ecs.clusters")
    package var taskDefinitions = Table<TaskDefinitionRecord>("ecs.taskDefinitions")
    /// The last revision by family. A number is not given again, whatever is deleted.
    package var revisions = Table<Int>("ecs.revisions")
    package var services = Table<ServiceRecord>("ecs.services")
    package var serviceDeployments = Table<ServiceDeploymentRecord>("ecs.serviceDeployments")
    package var serviceRevisions = Table<ServiceRevisionRecord>("ecs.serviceRevisions")
    package var tasks = Table<TaskRecord>("ecs.tasks")
    /// What `PutAccountSetting` set, by name.
    package var accountSettings = Table<String>("ecs.accountSettings")

    package init() {}
}

extension ContainerState: PersistentTable {
    package mutating func takeChanges(_ body: (RowChange) throws -> Void) throws {
        try clusters.takeChanges(body)
        try taskDefinitions.takeChanges(body)
        try revisions.takeChanges(body)
        try services.takeChanges(body)
        try serviceDeployments.takeChanges(body)
        try serviceRevisions.takeChanges(body)
        try tasks.takeChanges(body)
        try accountSettings.takeChanges(body)
    }

    package mutating func load(_ rows: [StoredRow]) throws {
        try clusters.load(rows)
        try taskDefinitions.load(rows)
        try revisions.load(rows)
        try services.load(rows)
        try serviceDeployments.load(rows)
        try serviceRevisions.load(rows)
        try tasks.load(rows)
        try accountSettings.load(rows)
    }
}
