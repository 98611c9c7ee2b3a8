import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct TaskDefinitionRefusalTests {
    /// Changes to a task definition that is fine.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var changes: AttributeValue
        var message: String

        init(_ testDescription: String, _ changes: AttributeValue, _ message: String) {
            self.testDescription = testDescription
            self.changes = changes
            self.message = message
        }
    }

    private static func containers(_ containers: AttributeValue...) -> AttributeValue {
        ["containerDefinitions": .list(containers)]
    }

    static let cases = [
        Case("a family that is no name", ["family": "my web"], "Family contains invalid characters."),
        Case("no containers", containers(), "Container list cannot be empty."),
        Case(
            "eleven containers",
            ["containerDefinitions": .list((1...11).map { ["name": .string("c\($0)"), "image": "x"] })],
            "Too many containers."),
        Case("no name", containers(["image": "x"]), "Container.name should not be null or empty."),
        Case("a bad name", containers(["name": "a b", "image": "x"]), "Container.name contains invalid characters."),
        Case("no image", containers(["name": "app"]), "Container.image should not be null or empty."),
        Case(
            "a name that was never filled in", containers(["name": "app", "image": "$IMAGE:$TAG"]),
            "Container.image contains invalid characters."),
        Case(
            "two of a name", containers(["name": "app", "image": "x"], ["name": "app", "image": "y"]),
            "Container names must be unique within a Task Definition."),
        Case(
            "nothing essential", containers(["name": "app", "image": "x", "essential": false]),
            "Task definition must have at least one essential container."),
        Case("bridge on Fargate", ["networkMode": "bridge"], "Fargate only supports network mode 'awsvpc'."),
        Case("no cpu on Fargate", ["cpu": .null], "Fargate requires that 'cpu' be defined at the task level."),
        Case("no memory on Fargate", ["memory": .null], "Fargate requires that 'memory' be defined at the task level."),
        Case(
            "a size that Fargate has not", ["memory": "4096"],
            "No Fargate configuration exists for given values: 256 CPU, 4096 memory."),
        Case(
            "a size that is none", ["cpu": "much"],
            "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS "
                + "Developer Guide."),
        Case(
            "another host port",
            containers([
                "name": "app", "image": "x", "portMappings": [["containerPort": 80, "hostPort": 8080]],
            ]), "When networkMode=awsvpc, the host ports and container ports in port mappings must match."),
        Case(
            "no memory on EC2",
            ["requiresCompatibilities": .null, "networkMode": .null, "cpu": .null, "memory": .null],
            "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified."),
        Case(
            "a container larger than its task", containers(["name": "app", "image": "x", "memory": 1024]),
            "The 'memory' setting for container 'app' is greater than for the task."),
        Case(
            "reservations larger than the task",
            containers(
                ["name": "app", "image": "x", "memoryReservation": 400],
                ["name": "log", "image": "x", "memoryReservation": 400]),
            "The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'."
        ),
        Case(
            "a volume that does not exist",
            containers([
                "name": "app", "image": "x", "mountPoints": [["sourceVolume": "data", "containerPath": "/data"]],
            ]), "Unknown volume 'data'."),
        Case(
            "secrets without a role",
            containers([
                "name": "app", "image": "x", "secrets": [["name": "KEY", "valueFrom": "key"]],
            ]), "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."),
        Case(
            "awslogs on Fargate without a role",
            containers(["name": "app", "image": "x", "logConfiguration": ["logDriver": "awslogs"]]),
            "Fargate requires task definition to have execution role ARN to support log driver awslogs."),
        Case(
            "a dependency that does not exist",
            containers([
                "name": "app", "image": "x", "dependsOn": [["containerName": "db", "condition": "START"]],
            ]), "The container 'app' depends on the container 'db', which does not exist."),
        Case(
            "waiting for an essential container to end",
            containers(
                ["name": "app", "image": "x", "dependsOn": [["containerName": "db", "condition": "SUCCESS"]]],
                ["name": "db", "image": "x"]),
            "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container"),
        Case(
            "containers that wait for each other",
            containers(
                ["name": "app", "image": "x", "dependsOn": [["containerName": "db", "condition": "START"]]],
                ["name": "db", "image": "x", "dependsOn": [["containerName": "app", "condition": "START"]]]),
            "Container dependencies should not have a cycle"),
        Case("no tags in the list", ["tags": []], "Tags can not be empty."),
    ]

    @Test("a registration is refused", arguments: cases)
    func refuses(_ refused: Case) throws {
        var stage = ECSStage()
        let input = stage.merged(ECSStage.taskDefinition, refused.changes)
        #expect(try stage.refusal("RegisterTaskDefinition", input) == CloudFault("ClientException", refused.message))
        #expect(stage.world.containers.taskDefinitions.isEmpty)
    }

    @Test(
        "a call about one that is not there is refused",
        arguments: [
            ECSRefusal(
                "describe", "DescribeTaskDefinition", ["taskDefinition": "other"], "ClientException",
                "Unable to describe task definition."),
            ECSRefusal(
                "deregister", "DeregisterTaskDefinition", ["taskDefinition": "other:1"], "ClientException",
                "The specified task definition does not exist. Specify a valid account, family, revision and try again."
            ),
            ECSRefusal(
                "deregister a family", "DeregisterTaskDefinition", ["taskDefinition": "other"], "ClientException",
                "Revision is missing."),
            ECSRefusal(
                "delete too many", "DeleteTaskDefinitions",
                ["taskDefinitions": .list(Array(repeating: "web:1", count: 11))], "InvalidParameterException",
                "task definitions can have at most 10 items."),
        ])
    func refusesUnknown(_ refusal: ECSRefusal) throws {
        var stage = ECSStage()
        #expect(
            try stage.refusal(refusal.operation, refusal.input) == CloudFault(refusal.code, refusal.message))
    }
}
