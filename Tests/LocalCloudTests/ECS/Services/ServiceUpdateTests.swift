import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct ServiceUpdateTests {
    @Test(
        "what makes tasks roll and what does not",
        arguments: [
            ("taskDefinition", true), ("networkConfiguration", true), ("platformVersion", true),
            ("loadBalancers", true), ("serviceRegistries", true), ("serviceConnectConfiguration", true),
            ("volumeConfigurations", true), ("vpcLatticeConfigurations", true), ("desiredCount", false),
            ("deploymentConfiguration", false), ("availabilityZoneRebalancing", false),
            ("placementConstraints", false), ("placementStrategy", false), ("healthCheckGracePeriodSeconds", false),
            ("enableExecuteCommand", false), ("enableECSManagedTags", false), ("propagateTags", false),
        ])
    func decision(member: String, rolls: Bool) {
        #expect(ServiceSettings.startsDeployment([member], isForced: false) == rolls)
        #expect(ServiceSettings.startsDeployment([member], isForced: true))
        #expect(ServiceSettings.startsDeployment(["desiredCount", member], isForced: false) == rolls)
    }

    /// What a call changes, in a service with a load balancer.
    struct Update: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var input: AttributeValue
        /// How many deployments there are afterwards.
        var deployments: Int
    }

    @Test(
        "an update starts a deployment only where something changes that tasks are made of",
        arguments: [
            Update(testDescription: "nothing", input: [:], deployments: 1),
            Update(testDescription: "the same task definition", input: ["taskDefinition": "web:1"], deployments: 1),
            Update(testDescription: "another task definition", input: ["taskDefinition": "web"], deployments: 2),
            Update(testDescription: "more tasks", input: ["desiredCount": 5], deployments: 1),
            Update(
                testDescription: "more tasks, forced", input: ["desiredCount": 5, "forceNewDeployment": true],
                deployments: 2),
            Update(testDescription: "no load balancer any more", input: ["loadBalancers": []], deployments: 2),
            Update(testDescription: "a platform version", input: ["platformVersion": "1.4.0"], deployments: 2),
            Update(testDescription: "longer grace", input: ["healthCheckGracePeriodSeconds": 60], deployments: 1),
            Update(testDescription: "execute command", input: ["enableExecuteCommand": true], deployments: 1),
        ])
    func updates(_ update: Update) throws {
        var stage = try ECSStage.withTaskDefinition()
        let group = try stage.makeTargetGroup()
        try stage(
            "CreateService",
            stage.creation([
                "loadBalancers": [["targetGroupArn": .string(group), "containerName": "app", "containerPort": 8080]]
            ]))
        try stage("RegisterTaskDefinition", ECSStage.taskDefinition)
        let service = try stage("UpdateService", stage.merged(["service": "web"], update.input))["service"]
        #expect(service?["deployments"]?.listValue?.count == update.deployments)
        for (member, value) in update.input.mapValue ?? [:]
        where member != "forceNewDeployment" && member != "taskDefinition" {
            #expect(service?[member] == value)
        }
    }

    @Test("a member that is not given stays")
    func absentMembers() throws {
        var stage = try ECSStage.withTaskDefinition()
        let breaker: AttributeValue = ["enable": true, "rollback": false]
        let before = try stage(
            "CreateService",
            stage.creation([
                "deploymentConfiguration": ["maximumPercent": 150, "deploymentCircuitBreaker": breaker]
            ]))["service"]
        let after = try stage(
            "UpdateService", ["service": "web", "deploymentConfiguration": ["minimumHealthyPercent": 50]])["service"]
        #expect(after?["deploymentConfiguration"]?["maximumPercent"] == 150)
        #expect(after?["deploymentConfiguration"]?["minimumHealthyPercent"] == 50)
        #expect(
            after?["deploymentConfiguration"]?["deploymentCircuitBreaker"]
                == before?["deploymentConfiguration"]?["deploymentCircuitBreaker"])
        #expect(after?["networkConfiguration"] == before?["networkConfiguration"])
    }

    @Test("scaling changes the deployment there is")
    func scaling() throws {
        var stage = try ECSStage.withTaskDefinition()
        let before = try stage("CreateService", stage.creation())["service"]?["deployments"]?[0]
        stage.pass(seconds: 5)
        let after = try stage("UpdateService", ["service": "web", "desiredCount": 4])["service"]?["deployments"]?[0]
        #expect(after?["id"] == before?["id"] && after?["desiredCount"] == 4)
        #expect(after?["updatedAt"] == 1_000_005.0)
    }

    @Test("of the deployments of a service that have ended the last hundred are told of, and what they came from")
    func memory() throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage("CreateService", stage.creation(["desiredCount": 0]))
        for _ in 0..<120 {
            try stage("UpdateService", ["service": "web", "forceNewDeployment": true])
            stage.pass(seconds: 1)
        }
        let listed = try stage("ListServiceDeployments", ["service": "web", "maxResults": 100])
        let rest = try stage(
            "ListServiceDeployments", ["service": "web", "nextToken": listed["nextToken"] ?? .null])
        let all = (listed["serviceDeployments"]?.listValue ?? []) + (rest["serviceDeployments"]?.listValue ?? [])
        // Beside the hundred there are those that the service told of itself.
        #expect(100...102 ~= all.count)
        let targets = all.compactMap { $0["targetServiceRevisionArn"] }
        for batch in [Array(targets.prefix(20)), Array(targets.suffix(20))] {
            let revisions = try stage("DescribeServiceRevisions", ["serviceRevisionArns": .list(batch)])
            #expect(revisions["serviceRevisions"]?.listValue?.count == 20)
        }
        #expect(stage.world.containers.serviceRevisions.count <= all.count + 1)
    }

    @Test("a deployment supersedes the one in progress")
    func superseding() throws {
        var stage = try ECSStage.withTaskDefinition()
        let first = try #require(
            try stage("CreateService", stage.creation())["service"]?["currentServiceDeployment"])
        let updated = try stage("UpdateService", ["service": "web", "forceNewDeployment": true])["service"]
        #expect(updated?["deployments"]?[0]?["status"] == "PRIMARY")
        #expect(updated?["deployments"]?[1]?["status"] == "ACTIVE")
        let second = try #require(updated?["currentServiceDeployment"])
        let list = try stage("ListServiceDeployments", ["service": "web"])["serviceDeployments"]
        #expect(list?.listValue?.map { $0["serviceDeploymentArn"] } == [second, first])
        #expect(list?.listValue?.map { $0["status"] } == ["PENDING", "STOPPED"])
        #expect(list?[1]?["statusReason"]?.stringValue?.contains("uperseded") ?? false)
        let stopped = try stage("ListServiceDeployments", ["service": "web", "status": ["STOPPED"]])
        #expect(stopped["serviceDeployments"]?.listValue?.count == 1)
    }

    @Test("capacity changes only with a forced deployment, and an empty strategy goes back to a launch type")
    func capacity() throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage(
            "PutClusterCapacityProviders",
            ["cluster": "default", "capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": []])
        try stage("CreateService", stage.creation())
        var change: AttributeValue = [
            "service": "web", "capacityProviderStrategy": [["capacityProvider": "FARGATE", "weight": 1]],
        ]
        #expect(
            try stage.refusal("UpdateService", change)?.message.contains("you must force a new deployment") ?? false)
        change["forceNewDeployment"] = true
        let changed = try stage("UpdateService", change)["service"]
        #expect(changed?["launchType"] == nil && changed?["capacityProviderStrategy"]?.listValue?.count == 1)
        #expect(
            try stage.refusal(
                "PutClusterCapacityProviders",
                ["cluster": "default", "capacityProviders": [], "defaultCapacityProviderStrategy": []])?.code
                == "ResourceInUseException")
        change["capacityProviderStrategy"] = []
        #expect(try stage("UpdateService", change)["service"]?["launchType"] == "FARGATE")
    }

    @Test("a service deployment and its revision tell what is deployed, and it can be stopped once")
    func deployments() throws {
        var stage = try ECSStage.withTaskDefinition()
        let service = try stage("CreateService", stage.creation())["service"]
        let arn = try #require(service?["currentServiceDeployment"])
        let answer = try stage("DescribeServiceDeployments", ["serviceDeploymentArns": [arn, "arn:aws:ecs:other"]])
        let deployment = answer["serviceDeployments"]?[0]
        #expect(deployment?["status"] == "PENDING" && deployment?["alarms"] == ["status": "DISABLED"])
        #expect(
            deployment?["deploymentCircuitBreaker"] == ["status": "DISABLED", "failureCount": 0, "threshold": 3])
        #expect(answer["failures"] == [["arn": "arn:aws:ecs:other", "reason": "MISSING"]])
        let revisionARN = try #require(deployment?["targetServiceRevision"]?["arn"])
        #expect(service?["deployments"]?[0]?["id"]?.stringValue?.dropFirst(8) == revisionARN.stringValue?.suffix(19))
        let revision = try stage(
            "DescribeServiceRevisions", ["serviceRevisionArns": [revisionARN]])["serviceRevisions"]?[0]
        #expect(revision?["containerImages"] == [["containerName": "app", "image": "reconcile/hello"]])
        #expect(revision?["taskDefinition"] == service?["taskDefinition"])
        #expect(try stage("StopServiceDeployment", ["serviceDeploymentArn": arn])["serviceDeploymentArn"] == arn)
        let stopped = try stage("DescribeServiceDeployments", ["serviceDeploymentArns": [arn]])["serviceDeployments"]
        #expect(stopped?[0]?["status"] == "ROLLBACK_REQUESTED")
        stage.pass(seconds: 1)
        #expect(
            try stage.refusal("StopServiceDeployment", ["serviceDeploymentArn": arn])?.code == "ConflictException")
    }
}
