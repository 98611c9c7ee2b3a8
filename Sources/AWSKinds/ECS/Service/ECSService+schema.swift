import AWSModel
import AttributeTree
import ResourceModel

extension ECSService {
    static let schema = KindSchema(
        kind: .service, summary: "Keeps tasks of a task definition running, and registers them with target groups.",
        spec: ObjectSchema(builder.fields(of: "CreateService")), nameField: "serviceName", nameRule: .ecsName,
        nameScope: ["cluster"])

    static let builder = SchemaBuilder(
        service: .ecs, tagCalls: .ecsTags,
        overlay: identity.merging(placement) { $1 }.merging(deployment) { $1 }.merging(network) { $1 })

    private static let identity: [String: FieldOverlay] = [
        "serviceName": .cloudName("The name in AWS, where it is not the name of the resource."),
        "cluster": FieldOverlay(reference: .cluster, isRequired: true, effect: .replace, "The cluster it runs in."),
        "taskDefinition": FieldOverlay(
            reference: .taskDefinition, isRequired: true, effect: .rollsTasks,
            "What its tasks are; a new revision rolls them."),
        "role": FieldOverlay(reference: .identifier, effect: .replace),
        "schedulingStrategy": FieldOverlay(default: "REPLICA", effect: .replace),
        "desiredCount": FieldOverlay(
            isSharedWithOthers: true, "How many tasks; leave it out where auto scaling decides."),
        "clientToken": .leftOut,
        "enableECSManagedTags": FieldOverlay(default: false, onlyNewTasks),
        "propagateTags": FieldOverlay(default: "NONE", onlyNewTasks),
        "enableExecuteCommand": FieldOverlay(default: false, onlyNewTasks),
        "tags": FieldOverlay("Tags beside those that name the owner."),
    ]

    private static let onlyNewTasks = "A change reaches the tasks that are started after it."

    private static let placement: [String: FieldOverlay] = [
        // `UpdateService` has no launch type: a service only goes from a launch type to a strategy, and back.
        "launchType": FieldOverlay(
            effect: .replace, effectWhenUnset: .rollsTasks, isSharedWithOthers: true,
            "Either this or `capacityProviderStrategy`; from one to the other a service goes without being replaced."),
        // AWS wants a new deployment with another strategy.
        "capacityProviderStrategy": FieldOverlay(effect: .rollsTasks, comparison: .keyed(by: "capacityProvider")),
        "availabilityZoneRebalancing": .default("ENABLED"),
        "capacityProviderStrategy.weight": .default(0),
        "capacityProviderStrategy.base": .default(0),
        "platformVersion": FieldOverlay(default: "LATEST", effect: .rollsTasks),
        "placementConstraints": .set,
        "placementStrategy.field": FieldOverlay(normalize: placementField),
        "volumeConfigurations": FieldOverlay(effect: .rollsTasks, comparison: .keyed(by: "name")),
        "volumeConfigurations.managedEBSVolume.encrypted": .default(true),
    ]

    private static let deployment: [String: FieldOverlay] = [
        "deploymentController.type": FieldOverlay(isRequired: true, default: "ECS"),
        "deploymentConfiguration": FieldOverlay("How tasks are replaced when they roll."),
        "deploymentConfiguration.maximumPercent": .default(200),
        "deploymentConfiguration.minimumHealthyPercent": .default(100),
        "deploymentConfiguration.strategy": .default("ROLLING"),
        "deploymentConfiguration.bakeTimeInMinutes": .default(0),
        "deploymentConfiguration.deploymentCircuitBreaker": FieldOverlay(
            "Gives a deployment up whose tasks keep failing, and rolls it back when asked to."),
        "deploymentConfiguration.deploymentCircuitBreaker.enable": .default(false),
        "deploymentConfiguration.deploymentCircuitBreaker.rollback": .default(false),
        "deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask": .default(true),
        "deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration": .default(
            ["type": "BOUNDED_PERCENT", "value": 50]),
        "deploymentConfiguration.alarms.alarmNames": .set,
        "deploymentConfiguration.alarms.enable": .default(false),
        "deploymentConfiguration.alarms.rollback": .default(false),
        "deploymentConfiguration.earlySuccessCriteria.enable": .default(false),
        "deploymentConfiguration.earlySuccessCriteria.healthyPercent": .default(100),
        "deploymentConfiguration.earlySuccessCriteria.sourceServiceRevisionCleanup": .default("BLOCKING"),
        "deploymentConfiguration.lifecycleHooks.targetType": .default("AWS_LAMBDA"),
        "deploymentConfiguration.lifecycleHooks.lifecycleStages": .set,
        "deploymentConfiguration.lifecycleHooks.timeoutConfiguration.action": .default("ROLLBACK"),
        "deploymentConfiguration.lifecycleHooks.timeoutConfiguration.timeoutInMinutes": .default(1440),
        "deploymentConfiguration.canaryConfiguration.canaryPercent": .default(5),
        "deploymentConfiguration.canaryConfiguration.canaryBakeTimeInMinutes": .default(10),
        "deploymentConfiguration.linearConfiguration.stepPercent": .default(10),
        "deploymentConfiguration.linearConfiguration.stepBakeTimeInMinutes": .default(6),
        "healthCheckGracePeriodSeconds": FieldOverlay(
            default: 0, "How long after its start a task's failed health checks are overlooked."),
    ]

    private static let network: [String: FieldOverlay] = [
        "networkConfiguration": FieldOverlay(effect: .rollsTasks, "Required with the network mode `awsvpc`."),
        "networkConfiguration.awsvpcConfiguration.subnets": FieldOverlay(
            reference: .subnets, comparison: .set, implied: "default", "Ids, or `default` for the default VPC's."),
        "networkConfiguration.awsvpcConfiguration.securityGroups": FieldOverlay(
            reference: .securityGroups, comparison: .set, "Ids, or `default` for the default VPC's."),
        "networkConfiguration.awsvpcConfiguration.assignPublicIp": .default("DISABLED"),
        "loadBalancers": FieldOverlay(effect: .rollsTasks, "Target groups that its tasks are registered with."),
        "loadBalancers.targetGroupArn": FieldOverlay(name: "targetGroup", reference: .targetGroup),
        "loadBalancers.loadBalancerName": FieldOverlay(
            name: "loadBalancer", reference: .identifier, "The name of a Classic Load Balancer."),
        "loadBalancers.advancedConfiguration.alternateTargetGroupArn": FieldOverlay(
            name: "alternateTargetGroup", reference: .targetGroup),
        "serviceRegistries": FieldOverlay(effect: .rollsTasks),
        "serviceConnectConfiguration": FieldOverlay(effect: .rollsTasks),
        "serviceConnectConfiguration.enabled": .default(false),
        "vpcLatticeConfigurations": FieldOverlay(effect: .rollsTasks),
    ]

    /// AWS answers `instanceId` for `host`, and `memory` for `MEMORY`.
    private static let placementField: @Sendable (AttributeValue) -> AttributeValue = { value in
        switch value.stringValue {
        case "host": "instanceId"
        case "MEMORY": "memory"
        case "CPU": "cpu"
        default: value
        }
    }
}
