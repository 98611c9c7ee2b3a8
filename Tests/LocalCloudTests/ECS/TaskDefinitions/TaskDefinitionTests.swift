import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct TaskDefinitionTests {
    @Test("a task definition is read back with AWS's defaults")
    func defaults() throws {
        var stage = ECSStage()
        let registered = try stage("RegisterTaskDefinition", ECSStage.taskDefinition)["taskDefinition"]
        #expect(
            registered == [
                "taskDefinitionArn": "arn:aws:ecs:local-1:000000000000:task-definition/web:1", "family": "web",
                "revision": 1, "status": "ACTIVE", "networkMode": "awsvpc", "cpu": "256", "memory": "512",
                "requiresCompatibilities": ["FARGATE"], "compatibilities": ["EC2", "FARGATE"], "volumes": [],
                "placementConstraints": [], "enableFaultInjection": false,
                "requiresAttributes": [
                    ["name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"],
                    ["name": "ecs.capability.task-eni"],
                ],
                "registeredAt": 1_000_000.0, "registeredBy": "arn:aws:iam::000000000000:user/test",
                "containerDefinitions": [
                    [
                        "name": "app", "image": "reconcile/hello", "cpu": 0, "essential": true, "environment": [],
                        "mountPoints": [], "volumesFrom": [], "systemControls": [],
                        "portMappings": [["containerPort": 8080, "hostPort": 8080, "protocol": "tcp"]],
                    ]
                ],
            ])
        #expect(try stage("DescribeTaskDefinition", ["taskDefinition": "web"])["taskDefinition"] == registered)
    }

    @Test("what is given in another form is read back in AWS's")
    func canonicalForms() throws {
        var stage = ECSStage()
        let registered = try stage(
            "RegisterTaskDefinition",
            [
                "family": "web", "cpu": ".5 vCPU", "memory": "1 GB", "taskRoleArn": "",
                "volumes": [
                    ["name": "scratch"], ["name": "files", "efsVolumeConfiguration": ["fileSystemId": "fs-1"]],
                ],
                "containerDefinitions": [
                    [
                        "name": "app", "image": "x", "portMappings": [["containerPort": 80]],
                        "environment": [["name": "EMPTY", "value": ""], ["name": "NOTHING"]],
                        "healthCheck": ["command": ["CMD", "true"]],
                        "linuxParameters": ["capabilities": ["drop": ["ALL"]]],
                    ]
                ],
            ])["taskDefinition"]
        let container = registered?["containerDefinitions"]?[0]
        #expect(registered?["cpu"] == "512" && registered?["memory"] == "1024" && registered?["taskRoleArn"] == nil)
        #expect(registered?["networkMode"] == "bridge" && registered?["compatibilities"] == ["EXTERNAL", "EC2"])
        #expect(
            registered?["volumes"] == [
                ["name": "scratch", "host": [:]],
                ["name": "files", "efsVolumeConfiguration": ["fileSystemId": "fs-1", "rootDirectory": "/"]],
            ])
        #expect(container?["portMappings"]?[0]?["hostPort"] == 0)
        #expect(container?["environment"] == [["name": "EMPTY", "value": ""]])
        #expect(
            container?["healthCheck"] == ["command": ["CMD", "true"], "interval": 30, "timeout": 5, "retries": 3])
        #expect(container?["linuxParameters"]?["capabilities"] == ["add": [], "drop": ["ALL"]])
    }

    @Test("revisions count on, whatever is deregistered or deleted, and a family is its newest active one")
    func revisions() throws {
        var stage = ECSStage()
        for _ in 1...3 { try stage("RegisterTaskDefinition", ECSStage.taskDefinition) }
        try stage("DeregisterTaskDefinition", ["taskDefinition": "web:3"])
        #expect(try stage("DescribeTaskDefinition", ["taskDefinition": "web"])["taskDefinition"]?["revision"] == 2)
        let gone = try stage("DescribeTaskDefinition", ["taskDefinition": "web:3"])["taskDefinition"]
        #expect(gone?["status"] == "INACTIVE" && gone?["deregisteredAt"] == 1_000_000.0)
        let deleted = try stage("DeleteTaskDefinitions", ["taskDefinitions": ["web:3", "web:2", "web:9"]])
        #expect(deleted["taskDefinitions"]?[0]?["status"] == "DELETE_IN_PROGRESS")
        #expect(deleted["failures"]?.listValue?.count == 2)
        #expect(
            try stage("RegisterTaskDefinition", ECSStage.taskDefinition)["taskDefinition"]?["revision"] == 4)
        #expect(
            try stage("ListTaskDefinitions", ["familyPrefix": "web", "sort": "DESC"])["taskDefinitionArns"]?[0]
                == "arn:aws:ecs:local-1:000000000000:task-definition/web:4")
    }

    @Test("a deleted revision that a service uses can still be described")
    func deletionInUse() throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage("CreateService", stage.creation())
        try stage("DeregisterTaskDefinition", ["taskDefinition": "web:1"])
        try stage("DeleteTaskDefinitions", ["taskDefinitions": ["web:1"]])
        let definition = try stage("DescribeTaskDefinition", ["taskDefinition": "web:1"])["taskDefinition"]
        #expect(definition?["status"] == "DELETE_IN_PROGRESS")
        try stage("DeleteService", ["service": "web", "force": true])
        stage.pass(seconds: 1)
        let described = try stage.refusal("DescribeTaskDefinition", ["taskDefinition": "web:1"])
        #expect(described?.message == "Unable to describe task definition.")
    }

    @Test("families are active as long as one revision is")
    func families() throws {
        var stage = ECSStage()
        try stage("RegisterTaskDefinition", ECSStage.taskDefinition)
        try stage("RegisterTaskDefinition", stage.merged(ECSStage.taskDefinition, ["family": "worker"]))
        try stage("DeregisterTaskDefinition", ["taskDefinition": "web:1"])
        #expect(try stage("ListTaskDefinitionFamilies", ["status": "ACTIVE"])["families"] == ["worker"])
        #expect(try stage("ListTaskDefinitionFamilies", ["status": "INACTIVE"])["families"] == ["web"])
        #expect(
            try stage("ListTaskDefinitionFamilies", ["familyPrefix": "w", "status": "ALL"])["families"] == [
                "web", "worker",
            ])
    }

    @Test(
        "what of memory and CPU goes together on Fargate",
        arguments: [
            (256, 512, true), (256, 2048, true), (256, 3072, false), (512, 4096, true), (512, 1500, false),
            (1024, 1024, false), (2048, 16384, true), (4096, 30720, true), (8192, 16384, true), (8192, 17408, false),
            (16384, 122_880, true), (16384, 33792, false), (300, 512, false),
        ])
    func fargateSizes(cpu: Int, memory: Int, exists: Bool) {
        #expect(TaskSize.isOfFargate(cpu: cpu, memory: memory) == exists)
    }
}
