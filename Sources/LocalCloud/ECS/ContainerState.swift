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

extension ContainerState: PersistentTables {
    package static var tables: [TablePath<Self>] {
        [
            TablePath(\.clusters), TablePath(\.taskDefinitions), TablePath(\.revisions), TablePath(\.services),
            TablePath(\.serviceDeployments), TablePath(\.serviceRevisions), TablePath(\.tasks),
            TablePath(\.accountSettings),
        ]
    }
}
