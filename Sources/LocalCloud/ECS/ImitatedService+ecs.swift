import AWSModel

extension ImitatedService {
    /// Amazon ECS.
    package static let ecs = ImitatedService(.ecs, ecsOperations)

    private static let ecsOperations: [String: OperationHandler] = [
        ClusterCalls.operations, TaskDefinitionCalls.operations, ServiceCalls.operations, DeploymentCalls.operations,
        TaskCalls.operations, TagCalls.operations, AccountSettingCalls.operations,
    ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }
}
