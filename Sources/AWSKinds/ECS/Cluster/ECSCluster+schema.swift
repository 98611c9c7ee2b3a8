import AWSModel
import AttributeTree
import ResourceModel

extension ECSCluster {
    static let schema = KindSchema(
        kind: .cluster, summary: "An ECS cluster: where services run.",
        spec: ObjectSchema(builder.fields(of: "CreateCluster")), nameField: "clusterName", nameRule: .ecsName)

    static let builder = SchemaBuilder(
        service: .ecs, tagCalls: .ecsTags,
        overlay: [
            "clusterName": .cloudName("The name in AWS, where it is not the name of the resource."),
            "settings": FieldOverlay(
                comparison: .keyed(by: "name"), isSharedWithOthers: true,
                "Container Insights, as `containerInsights`; when absent, the account's setting counts."),
            "configuration.executeCommandConfiguration.logging": .default("DEFAULT"),
            // The empty name is how a cluster is told to have none.
            "serviceConnectDefaults.namespace": .default(""),
            "capacityProviders": FieldOverlay(
                comparison: .set, updateCall: "ecs:PutClusterCapacityProviders",
                "Where tasks can run, such as `FARGATE` and `FARGATE_SPOT`; one that is not listed is disassociated."),
            "defaultCapacityProviderStrategy": FieldOverlay(
                comparison: .keyed(by: "capacityProvider"), updateCall: "ecs:PutClusterCapacityProviders",
                "For services with neither a launch type nor a strategy."),
            "defaultCapacityProviderStrategy.weight": .default(0),
            "defaultCapacityProviderStrategy.base": .default(0),
            "tags": FieldOverlay("Tags beside those that name the owner."),
        ])
}

extension StringRule {
    /// What clusters, services, families and containers may be called.
    static let ecsName = StringRule(
        length: 1...255, pattern: "^[A-Za-z0-9_-]+$", patternWords: "write letters, digits, \"_\" and \"-\"")
}
