import AttributeTree
import TaskRunning
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct TaskCallTests {
    @Test("a task that is run is told of: its place, its containers and its network interface, once it has one")
    func runs() throws {
        var stage = try RunStage()
        let task = try #require(try stage.run()["tasks"]?[0])
        #expect(task["lastStatus"] == "PROVISIONING")
        #expect(task["desiredStatus"] == "RUNNING")
        #expect(task["group"] == "family:web")
        #expect(task["launchType"] == "FARGATE")
        #expect(task["platformVersion"] == "1.4.0")
        #expect(task["attachments"]?[0]?["status"] == "PRECREATED")
        let arn = try #require(task["taskArn"]?.stringValue)
        stage.start(arn)
        let running = try #require(try stage.describe([arn])["tasks"]?[0])
        #expect(running["lastStatus"] == "RUNNING")
        #expect(running["connectivity"] == "CONNECTED")
        let address = try #require(running["containers"]?[0]?["networkInterfaces"]?[0]?["privateIpv4Address"])
        let details = running["attachments"]?[0]?["details"]?.listValue ?? []
        #expect(details.contains(["name": "privateIPv4Address", "value": address]))
        #expect(details.contains { $0["name"] == "networkInterfaceId" })
        #expect(running["containers"]?[0]?["lastStatus"] == "RUNNING")
    }

    @Test("a task that is stopped says who wanted it, and ends by its states")
    func stops() throws {
        var stage = try RunStage()
        let arn = try #require(try stage.run()["tasks"]?[0]?["taskArn"]?.stringValue)
        stage.start(arn)
        let stopped = try stage.call("StopTask", ["task": .string(arn), "reason": "enough"])["task"]
        #expect(stopped?["desiredStatus"] == "STOPPED")
        #expect(stopped?["lastStatus"] == "STOPPING")
        #expect(stopped?["stopCode"] == "UserInitiated")
        #expect(stopped?["stoppedReason"] == "enough")
        let again = try stage.call("StopTask", ["task": .string(arn), "reason": "really"])["task"]
        #expect(again?["stoppedReason"] == "enough", "what is being stopped is not stopped again")
        stage.end(arn, exitCode: 143)
        let ended = try stage.describe([arn])["tasks"]?[0]
        #expect(ended?["lastStatus"] == "STOPPED")
        #expect(ended?["containers"]?[0]?["exitCode"] == 143)
    }

    @Test("a token starts tasks once, and not for another call")
    func tokens() throws {
        var stage = try RunStage()
        let first = try stage.run(["clientToken": "one", "count": 2])
        #expect(try stage.run(["clientToken": "one", "count": 2]) == first)
        #expect(stage.stage.world.containers.tasks.count == 2)
        #expect(
            stage.refusal("RunTask", stage.request(["clientToken": "one", "count": 3])).hasPrefix(
                "400 ConflictException: "))
    }

    @Test("tasks are listed by what is asked for, those that should run unless others are")
    func lists() throws {
        var stage = try RunStage()
        let arns = try [
            stage.run(["startedBy": "me"]), stage.run(["group": "batch"]), stage.run(),
        ].compactMap { $0["tasks"]?[0]?["taskArn"]?.stringValue }
        try stage.call("StopTask", ["task": .string(arns[2])])
        #expect(try stage.list() == Array(arns[0...1]))
        #expect(try stage.list(["desiredStatus": "STOPPED"]) == [arns[2]])
        #expect(try stage.list(["startedBy": "me"]) == [arns[0]])
        #expect(try stage.list(["family": "web"]) == Array(arns[0...1]))
        #expect(try stage.list(["family": "other"]).isEmpty)
        #expect(try stage.list(["launchType": "EC2"]).isEmpty)
        #expect(try stage.list(["containerInstance": "i"]).isEmpty)
        let page = try stage.call("ListTasks", ["maxResults": 1])
        #expect(page["taskArns"] == [.string(arns[0])])
        let rest = try stage.call("ListTasks", ["maxResults": 1, "nextToken": page["nextToken"] ?? .null])
        #expect(rest == ["taskArns": [.string(arns[1])]])
    }

    @Test("of tasks that are described some may be missing, and tags are told where they are asked for")
    func describes() throws {
        var stage = try RunStage()
        let arn = try #require(
            try stage.run(["tags": [["key": "a", "value": "b"]]])["tasks"]?[0]?["taskArn"]?.stringValue)
        let unknown = String(arn.dropLast(4)) + "0000"
        let answer = try stage.describe([arn, unknown])
        #expect(answer["tasks"]?.listValue?.count == 1)
        #expect(answer["tasks"]?[0]?["tags"] == [])
        #expect(answer["failures"] == [["arn": .string(unknown), "reason": "MISSING"]])
        let tagged = try stage.call("DescribeTasks", ["tasks": [.string(arn)], "include": ["TAGS"]])
        #expect(tagged["tasks"]?[0]?["tags"] == [["key": "a", "value": "b"]])
    }

    @Test(arguments: [
        RefusedCall(
            "more than ten tasks", "RunTask", ["count": 11],
            "400 InvalidParameterException: count must be between 1 and 10."),
        RefusedCall(
            "no task definition of that name", "RunTask", ["taskDefinition": "other"],
            "400 ClientException: TaskDefinition not found."),
        RefusedCall(
            "a cluster that is not there", "RunTask", ["cluster": "other"],
            "400 ClusterNotFoundException: Cluster not found."),
        RefusedCall(
            "a network is missing", "RunTask", ["networkConfiguration": .null],
            "400 InvalidParameterException: Network Configuration must be provided when networkMode 'awsvpc' is "
                + "specified."),
        RefusedCall(
            "an override of no container", "RunTask", ["overrides": ["containerOverrides": [["name": "other"]]]],
            "400 InvalidParameterException: Override for container named other is not a container in the "
                + "TaskDefinition."),
        RefusedCall(
            "a size that Fargate does not have", "RunTask", ["overrides": ["cpu": "256", "memory": "8192"]],
            "400 ClientException: No Fargate configuration exists for given values: 256 CPU, 8192 memory."),
        RefusedCall(
            "a task that is not there", "StopTask", ["task": "0123456789abcdef0123456789abcdef"],
            "400 InvalidParameterException: The referenced task was not found."),
        RefusedCall(
            "no tasks at all", "DescribeTasks", ["tasks": []],
            "400 InvalidParameterException: Tasks cannot be empty."),
        RefusedCall(
            "more than a hundred tasks", "DescribeTasks",
            ["tasks": .list(Array(repeating: "0123456789abcdef0123456789abcdef", count: 101))],
            "400 InvalidParameterException: taskIds can have at most 100 items."),
        RefusedCall(
            "a page that is too long", "ListTasks", ["maxResults": 101],
            "400 InvalidParameterException: maxResults must be between 1 and 100."),
    ])
    func refuses(_ refused: RefusedCall) throws {
        var stage = try RunStage()
        let input = refused.operation == "RunTask" ? stage.request(refused.input) : refused.input
        #expect(stage.refusal(refused.operation, input) == refused.expected)
        #expect(stage.stage.world.containers.tasks.isEmpty)
    }
}

/// A world in which tasks are run by themselves.
private struct RunStage {
    var stage = CallStage()

    init() throws {
        try stage.call(.ecs, "CreateCluster")
        try stage.call(.ecs, "RegisterTaskDefinition", ECSStage.taskDefinition)
    }

    /// A call of `RunTask`, with further members, or without those that are null.
    func request(_ members: AttributeValue = [:]) -> AttributeValue {
        let subnet = AttributeValue.string(stage.world.network.subnets[0].id)
        var request: AttributeValue = [
            "taskDefinition": "web", "launchType": "FARGATE",
            "networkConfiguration": ["awsvpcConfiguration": ["subnets": [subnet]]],
        ]
        for (name, value) in members.mapValue ?? [:] { request[name] = value.isNull ? nil : value }
        return request
    }

    @discardableResult
    mutating func call(_ operation: String, _ input: AttributeValue) throws -> AttributeValue {
        try stage.call(.ecs, operation, input)
    }

    mutating func refusal(_ operation: String, _ input: AttributeValue) -> String {
        stage.refusal(.ecs, operation, input)
    }

    mutating func run(_ members: AttributeValue = [:]) throws -> AttributeValue {
        try call("RunTask", request(members))
    }

    mutating func describe(_ arns: [String]) throws -> AttributeValue {
        try call("DescribeTasks", ["tasks": .list(arns.map { .string($0) })])
    }

    mutating func list(_ filters: AttributeValue = [:]) throws -> [String] {
        (try call("ListTasks", filters)["taskArns"]?.listValue ?? []).compactMap(\.stringValue)
    }

    mutating func start(_ arn: String) {
        guard let task = stage.world.containers.tasks[arn] else { return }
        let address = task.loopbackAddress
        happen(.prepared(.init(task: task.id, address: address)), arn)
        happen(.started(container: "app", .init(task: task.id, name: "app", runtimeID: "1", address: address)), arn)
        happen(nil, arn)
    }

    mutating func end(_ arn: String, exitCode: Int) {
        happen(.ended(container: "app", exitCode: exitCode, reason: nil), arn)
        happen(.removed, arn)
        happen(nil, arn)
    }

    private mutating func happen(_ event: TaskEvent?, _ arn: String) {
        if let event { stage.world.record(event, ofTask: arn, at: stage.now) }
        stage.world.advance(to: stage.now)
        stage.now = stage.now + 1
        stage.world.advance(to: stage.now)
    }
}
