import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What of a task definition ECS refuses, as boto3 is told it.
    @Suite(PythonPrograms.areInstalled())
    struct TaskDefinitionRefusalTests {
        @Test("a task definition is refused that could not run")
        func taskDefinitions() async throws {
            try await BotoStage.with { stage in
                try await stage.boto3.expect(sizes + containers + dependencies)
                let families = try await stage.boto3("ecs", "list_task_definition_families")
                #expect(families["families"] == [])
            }
        }
    }
}

private let sizes = [
    refused(
        "a size that Fargate does not have", ["memory": "4096"],
        "No Fargate configuration exists for given values: 256 CPU, 4096 memory."),
    refused(
        "another one, in other words", ["cpu": "0.5 vCPU", "memory": "512 MB"],
        "No Fargate configuration exists for given values: 512 CPU, 512 memory."),
    refused("Fargate without CPU", ["cpu": nil], "Fargate requires that 'cpu' be defined at the task level."),
    refused("Fargate without memory", ["memory": nil], "Fargate requires that 'memory' be defined at the task level."),
    refused("Fargate without awsvpc", ["networkMode": "bridge"], "Fargate only supports network mode 'awsvpc'."),
    refused("a size that is none", ["cpu": "a lot"], "Invalid 'cpu' setting for task."),
    refused(
        "a container that is larger than its task", ["containerDefinitions": [app.but(["memory": 1024])]], "memory"),
    refused(
        "no memory at all",
        ["requiresCompatibilities": nil, "cpu": nil, "memory": nil],
        "At least one of 'memory' or 'memoryReservation' must be specified."),
    refused(
        "awslogs on Fargate without an execution role",
        ["containerDefinitions": [app.but(["logConfiguration": ["logDriver": "awslogs"]])]],
        "Fargate requires task definition to have execution role ARN to support log driver awslogs."),
    refused(
        "secrets without an execution role",
        ["containerDefinitions": [app.but(["secrets": [["name": "A", "valueFrom": "a"]]])]],
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."),
]

private let containers = [
    refused("no container", ["containerDefinitions": []], "Container list cannot be empty."),
    refused(
        "two containers of one name", ["containerDefinitions": [app, app]],
        "Container names must be unique within a Task Definition."),
    refused(
        "no name", ["containerDefinitions": [app.but(["name": nil])]], "Container.name should not be null or empty."),
    refused(
        "no image", ["containerDefinitions": [app.but(["image": nil])]], "Container.image should not be null or empty."),
    refused(
        "no essential container", ["containerDefinitions": [app.but(["essential": false])]],
        "Task definition must have at least one essential container."),
    refused(
        "another port of the host with awsvpc",
        ["containerDefinitions": [app.but(["portMappings": [["containerPort": 8080, "hostPort": 80]]])]],
        "When networkMode=awsvpc, the host ports and container ports in port mappings must match."),
    refused(
        "an unknown volume",
        ["containerDefinitions": [app.but(["mountPoints": [["sourceVolume": "disk", "containerPath": "/"]]])]],
        "Unknown volume 'disk'."),
    refused("a family that is none", ["family": "a b"], "Family contains invalid characters."),
    refused("tags that are none", ["tags": []], "Tags can not be empty."),
]

private let dependencies = [
    refused("a dependency on nobody", ["containerDefinitions": [waiting(for: "ghost", until: "START")]], "ghost"),
    refused(
        "a dependency on the health of who has no check",
        ["containerDefinitions": [app, waiting(for: "app", until: "HEALTHY")]], "health check"),
    refused(
        "a dependency on the end of who must not end",
        ["containerDefinitions": [app, waiting(for: "app", until: "SUCCESS")]],
        "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container"),
    refused(
        "a dependency on oneself", ["containerDefinitions": [waiting(for: "last", until: "START")]],
        "Container dependencies should not have a cycle"),
]

private let app: AttributeValue = [
    "name": "app", "image": "reconcile/hello", "portMappings": [["containerPort": 8080]],
]

/// A container `last`.
private func waiting(for other: AttributeValue, until condition: AttributeValue) -> AttributeValue {
    app.but(["name": "last", "dependsOn": [["containerName": other, "condition": condition]]])
}

/// RegisterTaskDefinition with something else than hello has.
private func refused(_ what: String, _ changes: [String: AttributeValue?], _ message: String) -> Refused {
    let call = Boto3.Call("ecs", "register_task_definition", BotoStage.hello().but(changes))
    return Refused(what, call, "ClientException", message)
}
