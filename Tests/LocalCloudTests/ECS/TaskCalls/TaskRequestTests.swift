import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct TaskRequestTests {
    @Test("a task has the tags of the call, of its definition and of its cluster, as the call asks for")
    func tags() throws {
        var stage = try ECSStage.withTaskDefinition()
        let own: AttributeValue = ["key": "own", "value": "1"]
        let team: AttributeValue = ["key": "team", "value": "blue"]
        try stage(
            "RegisterTaskDefinition", stage.merged(ECSStage.taskDefinition, ["tags": [team]]))
        let plain = try stage.runTask(["tags": [own]])
        #expect(try stage.describeTask(plain, tags: true)["tags"] == [own])
        let full = try stage.runTask([
            "tags": [own], "propagateTags": "TASK_DEFINITION", "enableECSManagedTags": true,
        ])
        let cluster: AttributeValue = ["key": "aws:ecs:clusterName", "value": "default"]
        #expect(try stage.describeTask(full, tags: true)["tags"] == [cluster, own, team])
        try stage("StopTask", ["task": .string(full)])
        #expect(try stage.describeTask(full, tags: true)["tags"] == [], "StopTask takes them away")
    }

    @Test("tasks are spread over the providers of a strategy: the base first, then by weight")
    func strategy() throws {
        var stage = try ECSStage.withTaskDefinition()
        let spot: AttributeValue = ["capacityProvider": "FARGATE_SPOT", "weight": 2]
        let onDemand: AttributeValue = ["capacityProvider": "FARGATE", "weight": 1, "base": 1]
        try stage(
            "PutClusterCapacityProviders",
            [
                "cluster": "default", "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
                "defaultCapacityProviderStrategy": [onDemand, spot],
            ])
        let providers = { (answer: AttributeValue) in
            (answer["tasks"]?.listValue ?? []).compactMap { $0["capacityProviderName"]?.stringValue }.sorted()
        }
        let spread = try stage("RunTask", stage.launch(["launchType": .null, "count": 7]))
        #expect(providers(spread) == Array(repeating: "FARGATE", count: 3) + Array(repeating: "FARGATE_SPOT", count: 4))
        #expect(spread["tasks"]?[0]?["launchType"] == "FARGATE")
        let asked = try stage(
            "RunTask", stage.launch(["launchType": .null, "capacityProviderStrategy": [spot], "count": 2]))
        #expect(providers(asked) == ["FARGATE_SPOT", "FARGATE_SPOT"])
        #expect(try providers(stage("RunTask", stage.launch())) == [], "a launch type is not a strategy")
    }

    @Test("tasks are put into the zone with the fewest of their group")
    func zones() throws {
        var stage = try ECSStage.withTaskDefinition()
        let subnets = AttributeValue.list(stage.world.network.subnets.map { .string($0.id) })
        let answer = try stage(
            "RunTask",
            stage.launch(["count": 6, "networkConfiguration": ["awsvpcConfiguration": ["subnets": subnets]]]))
        let zones = (answer["tasks"]?.listValue ?? []).compactMap { $0["availabilityZone"]?.stringValue }
        #expect(Dictionary(grouping: zones) { $0 }.mapValues(\.count).values.allSatisfy { $0 == 2 })
    }

    @Test("a token that meets another request tells of the tasks it stands for")
    func conflict() throws {
        var stage = try ECSStage.withTaskDefinition()
        let arn = try stage.runTask(["clientToken": "one"])
        let refusal = try stage.refusal("RunTask", stage.launch(["clientToken": "one", "startedBy": "else"]))
        #expect(refusal?.code == "ConflictException")
        #expect(refusal?.details == ["resourceIds": [.string(arn)]])
        let other = try stage.runTask(["clientToken": "two"])
        #expect(other != arn)
        // The same token is another one in another cluster.
        try stage("CreateCluster", ["clusterName": "other"])
        #expect(try stage.runTask(["clientToken": "one", "cluster": "other"]) != arn)
    }

    @Test("a task of a service is listed with it, and is replaced when it is stopped")
    func taskOfService() throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage("CreateService", stage.creation(["desiredCount": 1]))
        stage.pass(seconds: 1)
        let alone = try stage.runTask()
        let listed = try #require(try stage("ListTasks", ["serviceName": "web"])["taskArns"]?.listValue)
        let arn = try #require(listed.first?.stringValue)
        #expect(listed.count == 1 && arn != alone)
        let deployment = try #require(try stage.describeTask(arn)["startedBy"])
        #expect(try stage("ListTasks", ["startedBy": deployment])["taskArns"] == [.string(arn)])
        try stage("StopTask", ["task": .string(arn)])
        stage.pass(seconds: 1)
        let next = try #require(try stage("ListTasks", ["serviceName": "web"])["taskArns"]?.listValue)
        #expect(next.count == 1 && next != listed)
        #expect(stage.world.containers.services.values.first?.primary?.failedTasks == 0, "nobody is to blame")
    }

    @Test(arguments: [
        ECSRefusal(
            "a launch type beside a strategy", "RunTask",
            ["capacityProviderStrategy": [["capacityProvider": "FARGATE", "weight": 1]]], "InvalidParameterException",
            "Specify either Launch Type or Capacity Provider Strategy, but not both."),
        ECSRefusal(
            "no tasks", "RunTask", ["count": 0], "InvalidParameterException", "count must be between 1 and 10."),
        ECSRefusal(
            "a token of 65 characters", "RunTask", ["clientToken": .string(String(repeating: "t", count: 65))],
            "InvalidParameterException", "clientToken longer than 64."),
        ECSRefusal(
            "a starter of 129 characters", "RunTask", ["startedBy": .string(String(repeating: "s", count: 129))],
            "InvalidParameterException", "startedBy longer than 128."),
        ECSRefusal(
            "tags of a service", "RunTask", ["propagateTags": "SERVICE"], "InvalidParameterException",
            "Tags cannot be propagated from a service to a task that is run by itself."),
        ECSRefusal(
            "a platform version on instances", "RunTask", ["launchType": "EC2", "platformVersion": "1.4.0"],
            "InvalidParameterException",
            "The platform version must be null when specifying an EC2 launch type."),
        ECSRefusal(
            "a platform version that there never was", "RunTask", ["platformVersion": "9.9.9"],
            "PlatformUnknownException", "The specified platform version does not exist."),
        ECSRefusal(
            "commands without a task role", "RunTask", ["enableExecuteCommand": true], "InvalidParameterException",
            "The task couldn't be run because a valid taskRoleArn is not being used. Specify a valid task role in your "
                + "task definition and try again."),
        ECSRefusal(
            "overrides of more than 8192 characters", "RunTask",
            [
                "overrides": [
                    "containerOverrides": [["name": "app", "command": [.string(String(repeating: "x", count: 8200))]]]
                ]
            ],
            "InvalidParameterException", "Container Overrides length must be at most 8192"),
        ECSRefusal(
            "placement on Fargate", "RunTask", ["placementStrategy": [["type": "random"]]],
            "InvalidParameterException", "Placement strategies are not supported with FARGATE launch type."),
        ECSRefusal(
            "a starter beside a family", "ListTasks", ["startedBy": "me", "family": "web"],
            "InvalidParameterException", "cannot specify startedBy with other arguments"),
        ECSRefusal(
            "a service that is not there", "ListTasks", ["serviceName": "other"], "ServiceNotFoundException",
            "Service not found."),
        ECSRefusal(
            "an id of no length that ids have", "DescribeTasks", ["tasks": ["abc"]], "InvalidParameterException",
            "taskId length should be one of [32,36]"),
        ECSRefusal(
            "the ARN of something else", "StopTask", ["task": "arn:aws:ecs:local-1:000000000000:service/default/web"],
            "InvalidParameterException",
            "Invalid identifier: arn:aws:ecs:local-1:000000000000:service/default/web"),
    ])
    func refuses(_ refused: ECSRefusal) throws {
        var stage = try ECSStage.withTaskDefinition()
        let input = refused.operation == "RunTask" ? stage.launch(refused.input) : refused.input
        let refusal = try #require(try stage.refusal(refused.operation, input), "it is accepted")
        #expect(refusal.code == refused.code)
        #expect(refusal.message == refused.message)
    }

    @Test("commands are refused as AWS refuses them where its agent does not run")
    func executeCommand() throws {
        var stage = try ECSStage.withTaskDefinition()
        let plain = try stage.runTask()
        let prepared = try stage.runTask([
            "enableExecuteCommand": true, "overrides": ["taskRoleArn": "arn:aws:iam::000000000000:role/task"],
        ])
        let code = { (stage: inout ECSStage, members: AttributeValue) in
            let call = stage.merged(["command": "ls", "interactive": true], members)
            return try stage.refusal("ExecuteCommand", call)?.code
        }
        #expect(try code(&stage, ["task": .string(plain)]) == "InvalidParameterException")
        #expect(try code(&stage, ["task": .string(prepared)]) == "TargetNotConnectedException")
        #expect(
            try code(&stage, ["task": .string(prepared), "container": "other"]) == "InvalidParameterException")
    }
}
