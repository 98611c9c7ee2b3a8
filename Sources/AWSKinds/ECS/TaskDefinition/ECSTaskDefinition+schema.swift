import AWSModel
import AttributeTree
import ResourceModel

extension ECSTaskDefinition {
    static let schema = KindSchema(
        kind: .taskDefinition, summary: "What the tasks of a service are made of. Any change registers a new revision.",
        spec: ObjectSchema(builder.fields(of: "RegisterTaskDefinition") + [keepRevisions]), nameField: "family",
        nameRule: .ecsName, normalize: normalize)

    /// How many earlier revisions stay registered, so that a rollback finds the one it needs.
    static let revisionsKept = 5

    private static let keepRevisions = Field(
        "keepRevisions", .integer(1...1000), defaultValue: .int(revisionsKept), isLocal: true,
        documentation: "How many revisions stay registered; older ones are deregistered.")

    static let builder = SchemaBuilder(
        service: .ecs, tagCalls: .ecsTags,
        overlay: [
            "family": .cloudName("The family in AWS, where it is not the name of the resource."),
            "networkMode": FieldOverlay(default: "bridge", "Fargate requires `awsvpc`."),
            "requiresCompatibilities": .set,
            "cpu": FieldOverlay(
                normalize: TaskSize.cpuUnits, "Units of 1/1024 vCPU, or as `0.25 vCPU`. Fargate requires it."),
            "memory": FieldOverlay(
                normalize: TaskSize.mebibytes, "MiB, or as `1 GB`. Fargate requires it."),
            "volumes": .keyed(by: "name"),
            "volumes.dockerVolumeConfiguration.scope": .default("task"),
            "volumes.efsVolumeConfiguration.rootDirectory": .default("/"),
            "volumes.efsVolumeConfiguration.transitEncryption": .default("DISABLED"),
            "volumes.efsVolumeConfiguration.authorizationConfig.iam": .default("DISABLED"),
            "placementConstraints": .set,
            "proxyConfiguration.type": .default("APPMESH"),
            "proxyConfiguration.properties": .keyed(by: "name"),
            "enableFaultInjection": .default(false),
            "tags": FieldOverlay("Tags beside those that name the owner."),
        ].merging(containers) { overlay, _ in overlay })

    private static let containers: [String: FieldOverlay] = [
        "": FieldOverlay(comparison: .keyed(by: "name"), "The containers of a task."),
        ".name": FieldOverlay(isRequired: true),
        ".image": FieldOverlay(isRequired: true),
        ".essential": FieldOverlay(default: true, "The task stops when this container does."),
        ".cpu": .default(0),
        ".portMappings": .set,
        ".portMappings.protocol": .default("tcp"),
        ".portMappings.hostPort": .default(0),
        ".environment": FieldOverlay(comparison: .keyed(by: "name"), "Not for secrets: those belong in `secrets`."),
        ".secrets": .keyed(by: "name"),
        ".mountPoints": .set,
        ".mountPoints.readOnly": .default(false),
        ".volumesFrom": .set,
        ".volumesFrom.readOnly": .default(false),
        ".linuxParameters.capabilities.add": .set,
        ".linuxParameters.capabilities.drop": .set,
        ".linuxParameters.initProcessEnabled": .default(false),
        ".dependsOn": .keyed(by: "containerName"),
        ".versionConsistency": .default("enabled"),
        ".disableNetworking": .default(false),
        ".privileged": .default(false),
        ".readonlyRootFilesystem": .default(false),
        ".interactive": .default(false),
        ".pseudoTerminal": .default(false),
        ".extraHosts": .set,
        ".ulimits": .keyed(by: "name"),
        // -1 is without a limit.
        ".ulimits.softLimit": FieldOverlay(minimum: -1),
        ".ulimits.hardLimit": FieldOverlay(minimum: -1),
        ".systemControls": .keyed(by: "namespace"),
        ".resourceRequirements": .set,
        ".logConfiguration.secretOptions": .keyed(by: "name"),
        ".healthCheck.interval": .default(30),
        ".healthCheck.timeout": .default(5),
        ".healthCheck.retries": .default(3),
        ".healthCheck.startPeriod": .default(0),
    ].reduce(into: [:]) { $0["containerDefinitions" + $1.key] = $1.value }
}
