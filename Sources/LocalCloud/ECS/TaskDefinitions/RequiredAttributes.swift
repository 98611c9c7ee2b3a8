import AttributeTree

/// What an instance has to be able to do for a task definition: the names that AWS lists in `requiresAttributes`.
enum RequiredAttributes {
    private static let capability = "com.amazonaws.ecs.capability."

    /// Of a normalized task definition.
    static func of(_ content: AttributeValue) -> [String] {
        let containers = content["containerDefinitions"]?.listValue ?? []
        let hasExecutionRole = content["executionRoleArn"] != nil
        var names: Set<String> = [capability + "docker-remote-api.1.18"]
        for container in containers { names.formUnion(ofContainer(container, hasExecutionRole: hasExecutionRole)) }
        if content["taskRoleArn"] != nil {
            let isOnHost = content["networkMode"] == "host"
            names.insert(capability + (isOnHost ? "task-iam-role-network-host" : "task-iam-role"))
        }
        if content["networkMode"] == "awsvpc" { names.insert("ecs.capability.task-eni") }
        for volume in content["volumes"]?.listValue ?? [] where volume["efsVolumeConfiguration"] != nil {
            names.insert("ecs.capability.efs")
        }
        return names.sorted()
    }

    private static func ofContainer(_ container: AttributeValue, hasExecutionRole: Bool) -> Set<String> {
        var names: Set<String> = []
        if let driver = container["logConfiguration"]?["logDriver"]?.stringValue {
            names.insert(capability + "logging-driver.\(driver)")
            names.insert(capability + "docker-remote-api.1.19")
            if driver == "awslogs", hasExecutionRole { names.insert("ecs.capability.execution-role-awslogs") }
        }
        if container["image"]?.stringValue?.contains(".dkr.ecr.") ?? false {
            names.insert(capability + "ecr-auth")
            names.insert(capability + "docker-remote-api.1.19")
            if hasExecutionRole { names.insert("ecs.capability.execution-role-ecr-pull") }
        }
        for secret in container["secrets"]?.listValue ?? [] {
            let isSecretsManager = secret["valueFrom"]?.stringValue?.contains(":secretsmanager:") ?? false
            names.insert("ecs.capability.secrets.\(isSecretsManager ? "asm" : "ssm").environment-variables")
        }
        if container["privileged"] == true { names.insert(capability + "privileged-container") }
        if container["healthCheck"] != nil { names.insert("ecs.capability.container-health-check") }
        if container["dependsOn"] != nil { names.insert("ecs.capability.container-ordering") }
        return names
    }
}
