import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct TaskDescriptionTests {
    @Test("the network interface of a task is made, attached and deleted with it")
    func attachment() throws {
        var stage = try ECSStage.withTaskDefinition()
        let arn = try stage.runTask()
        let subnet = stage.world.network.subnets[0]
        let address = try #require(stage.world.containers.tasks[arn]?.loopbackAddress)
        let subnetDetail: AttributeValue = ["name": "subnetId", "value": .string(subnet.id)]
        var task = try stage.describeTask(arn)
        #expect(task["attachments"]?[0]?["status"] == "PRECREATED")
        #expect(task["attachments"]?[0]?["details"] == [subnetDetail])
        #expect(task["containers"]?[0]?["networkInterfaces"] == [])
        #expect(task["connectivity"] == nil)

        try stage.startContainers(of: arn)
        task = try stage.describeTask(arn)
        let attachment = try #require(task["attachments"]?[0])
        #expect(attachment["type"] == "ElasticNetworkInterface")
        #expect(attachment["status"] == "ATTACHED")
        let details = Dictionary(
            uniqueKeysWithValues: (attachment["details"]?.listValue ?? []).map {
                ($0["name"]?.stringValue ?? "", $0["value"]?.stringValue ?? "")
            })
        #expect(details["subnetId"] == subnet.id)
        #expect(details["privateIPv4Address"] == address)
        #expect(details["privateDnsName"] == "ip-\(address.replacing(".", with: "-")).local-1.compute.internal")
        #expect(details["macAddress"]?.wholeMatch(of: /0a(:[0-9a-f]{2}){5}/) != nil)
        let interfaces = stage.world.networkInterfaces.map(\.id)
        #expect(details["networkInterfaceId"].map { [$0] } == interfaces, "EC2 tells of the same")
        #expect(
            task["containers"]?[0]?["networkInterfaces"]
                == [["attachmentId": attachment["id"] ?? .null, "privateIpv4Address": .string(address)]])

        try stage("StopTask", ["task": .string(arn)])
        try stage.endContainers(of: arn, exitCode: 0)
        #expect(try stage.describeTask(arn)["attachments"]?[0]?["status"] == "DELETED")
        #expect(stage.world.networkInterfaces.isEmpty)
    }

    @Test("a task tells when it reached each of its states")
    func moments() throws {
        var stage = try ECSStage.withTaskDefinition()
        let start = stage.now.secondsSince1970
        let arn = try stage.runTask()
        stage.pass(seconds: 1)
        try stage.startContainers(of: arn)
        let running = try stage.describeTask(arn)
        let members = [
            "createdAt", "connectivityAt", "pullStartedAt", "pullStoppedAt", "startedAt", "stoppingAt",
            "executionStoppedAt", "stoppedAt",
        ]
        let seconds = { (task: AttributeValue) in members.map { task[$0]?.doubleValue.map { $0 - start } } }
        #expect(seconds(running) == [0, 1, 1, 2, 3, nil, nil, nil])
        let version = try #require(running["version"]?.intValue)
        try stage("StopTask", ["task": .string(arn)])
        try stage.endContainers(of: arn, exitCode: 3)
        let stopped = try stage.describeTask(arn)
        #expect(seconds(stopped) == [0, 1, 1, 2, 3, 4, 5, 6])
        #expect(try #require(stopped["version"]?.intValue) > version)
        #expect(stopped["containers"]?[0]?["exitCode"] == 3)
        #expect(stopped["containers"]?[0]?["lastStatus"] == "STOPPED")
        stage.pass(seconds: 3600)
        let later = try stage("DescribeTasks", ["tasks": [.string(arn)]])
        #expect(later["failures"] == [["arn": .string(arn), "reason": "MISSING"]], "it is remembered for an hour")
    }

    @Test("a container has a name, its size and the id of what runs it")
    func container() throws {
        var stage = try ECSStage.withTaskDefinition()
        let arn = try stage.runTask([
            "overrides": [
                "cpu": ".5 vCPU", "memory": "1 GB", "containerOverrides": [["name": "app", "cpu": 64, "memory": 128]],
            ]
        ])
        let id = try #require(arn.split(separator: "/").last)
        try stage.startContainers(of: arn)
        let task = try stage.describeTask(arn)
        let container = try #require(task["containers"]?[0])
        let path = try #require(container["containerArn"]?.stringValue)
        #expect(path.hasPrefix("arn:aws:ecs:local-1:000000000000:container/default/\(id)/"))
        #expect(container["taskArn"] == .string(arn))
        #expect(container["image"] == "reconcile/hello")
        #expect(container["cpu"] == "64")
        #expect(container["memory"] == "128")
        #expect(container["healthStatus"] == "UNKNOWN")
        #expect(container["runtimeId"] == .string("\(id)-1"))
        #expect(container["networkBindings"] == [])
        #expect(task["cpu"] == "512")
        #expect(task["memory"] == "1024")
        #expect(
            task["overrides"]
                == [
                    "cpu": "512", "memory": "1024", "containerOverrides": [["name": "app", "cpu": 64, "memory": 128]],
                    "inferenceAcceleratorOverrides": [],
                ])
    }

    @Test("a task in another mode than awsvpc has bindings, and no interface")
    func bindings() throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage(
            "RegisterTaskDefinition",
            [
                "family": "bridge",
                "containerDefinitions": [
                    ["name": "app", "image": "x", "memory": 64, "portMappings": [["containerPort": 80]]]
                ],
            ])
        let arn = try stage.runTask([
            "taskDefinition": "bridge", "launchType": "EC2", "networkConfiguration": .null,
        ])
        try stage.startContainers(of: arn)
        let task = try stage.describeTask(arn)
        let address = try #require(stage.world.containers.tasks[arn]?.loopbackAddress)
        #expect(task["attachments"] == [])
        #expect(task["launchType"] == "EC2")
        #expect(task["platformVersion"] == nil)
        let container = task["containers"]?[0]
        #expect(container?["networkInterfaces"] == [])
        #expect(
            container?["networkBindings"]
                == [["bindIP": .string(address), "containerPort": 80, "hostPort": 80, "protocol": "tcp"]])
    }
}
