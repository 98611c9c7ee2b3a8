import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// Tasks that are run by themselves, as boto3 sees them.
    @Suite(PythonPrograms.areInstalled())
    struct TaskTests {
        @Test("a task gets its environment and its secrets, what it prints is in its log, and its exit code is told")
        func environment() async throws {
            try await BotoStage.with(clockRate: 60) { stage in
                try await stage.printToLog()
                let task = try await stage.finished(
                    stage.run([
                        "overrides": [
                            "containerOverrides": [
                                ["name": "app", "environment": [["name": "GREETING", "value": "good morning"]]]
                            ]
                        ]
                    ]))
                #expect(task["containers"]?[0]?["exitCode"] == 3)
                #expect(task["stopCode"] == "EssentialContainerExited")
                #expect(task["stoppedReason"] == "Essential container in task exited")

                let id = task["taskArn"]?.stringValue?.split(separator: "/").last.map(String.init) ?? ""
                let events = try await stage.boto3(
                    "logs", "get_log_events",
                    ["logGroupName": "/walk", "logStreamName": .string("print/app/\(id)"), "startFromHead": true])
                #expect(
                    events["events"]?.listValue?.map { $0["message"] }
                        == ["good morning from the parameter and the secret", "and good bye"])
            }
        }

        @Test("a task whose secret is not there does not start")
        func missingSecret() async throws {
            try await BotoStage.with(clockRate: 60) { stage in
                try await stage.printToLog()
                try await stage.boto3("ssm", "delete_parameter", ["Name": "/walk/token"])
                let task = try await stage.finished(stage.run())
                #expect(task["stopCode"] == "TaskFailedToStart")
                #expect(task["stoppedReason"]?.stringValue?.hasPrefix("ResourceInitializationError") == true)
                #expect(task["containers"]?[0]?["exitCode"] == nil)
            }
        }

        @Test("a task runs until it is stopped, its cluster cannot go before, and a token starts it once")
        func stopping() async throws {
            try await BotoStage.with { stage in
                try await stage.boto3("ecs", "create_cluster", ["clusterName": "walk"])
                try await stage.register(BotoStage.hello())
                let request = stage.task.but(["taskDefinition": "hello", "clientToken": "once"])
                let task = try await stage.boto3("ecs", "run_task", request)["tasks"]?[0]?["taskArn"] ?? .null
                #expect(try await stage.boto3("ecs", "run_task", request)["tasks"]?[0]?["taskArn"] == task)
                let tasks: AttributeValue = ["cluster": "walk", "tasks": [task]]
                #expect(try await !stage.boto3.holds("ecs", "tasks_running", tasks))
                try await stage.setTime(rate: 60)
                try await stage.boto3.wait("ecs", until: "tasks_running", tasks)
                try await stage.boto3.expect([
                    Refused(
                        "a cluster with tasks", Boto3.Call("ecs", "delete_cluster", ["cluster": "walk"]),
                        "ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active."),
                    Refused(
                        "the token of another call", Boto3.Call("ecs", "run_task", request.but(["count": 2])),
                        "ConflictException", ""),
                    Refused(
                        "eleven tasks", Boto3.Call("ecs", "run_task", request.but(["clientToken": nil, "count": 11])),
                        "InvalidParameterException", "10"),
                    Refused(
                        "awsvpc without networkConfiguration",
                        Boto3.Call(
                            "ecs", "run_task", stage.task.but(["taskDefinition": "hello", "networkConfiguration": nil])),
                        "InvalidParameterException",
                        "Network Configuration must be provided when networkMode 'awsvpc' is specified."),
                    Refused(
                        "a task that is not there",
                        Boto3.Call(
                            "ecs", "stop_task", ["cluster": "walk", "task": "0123456789abcdef0123456789abcdef"]),
                        "InvalidParameterException", "The referenced task was not found."),
                ])
                #expect(try await !stage.boto3.holds("ecs", "tasks_stopped", tasks))
                try await stage.boto3(
                    "ecs", "stop_task", ["cluster": "walk", "task": task, "reason": "it has run long enough"])
                try await stage.boto3.wait("ecs", until: "tasks_stopped", tasks)
                let stopped = try await stage.boto3("ecs", "describe_tasks", tasks)["tasks"]?[0]
                #expect(stopped?["stopCode"] == "UserInitiated")
                #expect(stopped?["stoppedReason"] == "it has run long enough")
                try await stage.boto3("ecs", "delete_cluster", ["cluster": "walk"])
            }
        }
    }
}

extension BotoStage {
    /// The parameters of RunTask.
    fileprivate var task: AttributeValue {
        service.but(["serviceName": nil, "desiredCount": nil, "taskDefinition": "print"])
    }

    /// Makes a cluster and a task definition `print`, whose image is a command that prints what it was given.
    fileprivate func printToLog() async throws {
        let command = "echo $GREETING from $TOKEN and $PASSWORD; echo and good bye; exit 3"
        try await cloud.control("PUT", "images", ["images": [["pattern": "print", "command": .string(command)]]])
        try await boto3("ecs", "create_cluster", ["clusterName": "walk"])
        try await boto3("logs", "create_log_group", ["logGroupName": "/walk"])
        try await boto3(
            "ssm", "put_parameter", ["Name": "/walk/token", "Value": "the parameter", "Type": "SecureString"])
        let password = try await boto3(
            "secretsmanager", "create_secret",
            ["Name": "password", "SecretString": #"{"user": "ada", "password": "the secret"}"#])
        let container: AttributeValue = [
            "name": "app", "image": "print", "environment": [["name": "GREETING", "value": "good evening"]],
            "secrets": [
                ["name": "TOKEN", "valueFrom": "/walk/token"],
                ["name": "PASSWORD", "valueFrom": .string("\(password["ARN"]?.stringValue ?? ""):password::")],
            ],
            "logConfiguration": [
                "logDriver": "awslogs",
                "options": ["awslogs-group": "/walk", "awslogs-region": "local-1", "awslogs-stream-prefix": "print"],
            ],
        ]
        try await register(
            BotoStage.hello().but([
                "family": "print", "containerDefinitions": [container],
                "executionRoleArn": "arn:aws:iam::000000000000:role/ecsTaskExecutionRole",
            ]))
    }

    /// Runs one task, and returns its ARN.
    fileprivate func run(_ changes: [String: AttributeValue?] = [:]) async throws -> AttributeValue {
        let answer = try await boto3("ecs", "run_task", task.but(changes))
        return answer["tasks"]?[0]?["taskArn"] ?? .null
    }

    /// Waits until a task has stopped, and describes it.
    fileprivate func finished(_ task: AttributeValue) async throws -> AttributeValue {
        let tasks: AttributeValue = ["cluster": "walk", "tasks": [task]]
        try await boto3.wait("ecs", until: "tasks_stopped", tasks)
        return try await boto3("ecs", "describe_tasks", tasks)["tasks"]?[0] ?? .null
    }
}
