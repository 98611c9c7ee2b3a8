import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct ServiceTests {
    @Test("a new service has AWS's defaults and one deployment in progress")
    func creation() throws {
        var stage = try ECSStage.withTaskDefinition()
        let service = try #require(try stage("CreateService", stage.creation())["service"])
        let network: AttributeValue = [
            "awsvpcConfiguration": [
                "subnets": [.string(stage.world.network.subnets[0].id)], "securityGroups": [],
                "assignPublicIp": "DISABLED",
            ]
        ]
        let expected: [String: AttributeValue] = [
            "serviceArn": "arn:aws:ecs:local-1:000000000000:service/default/web", "serviceName": "web",
            "clusterArn": "arn:aws:ecs:local-1:000000000000:cluster/default", "status": "ACTIVE", "desiredCount": 2,
            "runningCount": 0, "pendingCount": 0, "launchType": "FARGATE", "platformVersion": "LATEST",
            "platformFamily": "Linux",
            "taskDefinition": "arn:aws:ecs:local-1:000000000000:task-definition/web:1", "loadBalancers": [],
            "serviceRegistries": [], "placementConstraints": [], "placementStrategy": [], "events": [],
            "schedulingStrategy": "REPLICA", "deploymentController": ["type": "ECS"],
            "deploymentConfiguration": [
                "maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": "ROLLING", "bakeTimeInMinutes": 0,
                "deploymentCircuitBreaker": ["enable": false, "rollback": false],
                "alarms": ["alarmNames": [], "rollback": false, "enable": false],
            ],
            "networkConfiguration": network, "healthCheckGracePeriodSeconds": 0, "enableECSManagedTags": false,
            "enableExecuteCommand": false, "propagateTags": "NONE", "availabilityZoneRebalancing": "ENABLED",
            "createdAt": 1_000_000.0, "createdBy": "arn:aws:iam::000000000000:user/test",
            "roleArn":
                "arn:aws:iam::000000000000:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
        ]
        for (member, value) in expected { #expect(service[member] == value, "\(member)") }
        let deployment = service["deployments"]?[0]
        let id = try #require(deployment?["id"]?.stringValue)
        #expect(deployment?["status"] == "PRIMARY" && deployment?["rolloutState"] == "IN_PROGRESS")
        #expect(deployment?["rolloutStateReason"]?.stringValue == "ECS deployment \(id) in progress.")
        #expect(deployment?["desiredCount"] == 2 && deployment?["failedTasks"] == 0)
        #expect(deployment?["platformVersion"] == "1.4.0" && deployment?["networkConfiguration"] == network)
        #expect(service["currentServiceDeployment"]?.stringValue?.contains("service-deployment/default/web/") ?? false)
        #expect(service["currentServiceRevisions"]?[0]?["requestedTaskCount"] == 2)
    }

    @Test("pending tasks are counted in the service, its deployment and its cluster")
    func counts() throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage("CreateService", stage.creation())
        stage.pass(seconds: 1)
        let service = try stage("DescribeServices", ["services": ["web"]])["services"]?[0]
        #expect(service?["pendingCount"] == 2 && service?["deployments"]?[0]?["pendingCount"] == 2)
        let cluster = try stage("DescribeClusters")["clusters"]?[0]
        #expect(cluster?["pendingTasksCount"] == 2 && cluster?["activeServicesCount"] == 1)
    }

    @Test("without a launch type the strategy of the cluster is taken over")
    func inheritedStrategy() throws {
        var stage = try ECSStage.withTaskDefinition()
        let strategy: AttributeValue = [["capacityProvider": "FARGATE_SPOT", "weight": 1]]
        try stage(
            "PutClusterCapacityProviders",
            [
                "cluster": "default", "capacityProviders": ["FARGATE_SPOT"],
                "defaultCapacityProviderStrategy": strategy,
            ])
        let service = try stage("CreateService", stage.creation(["launchType": .null]))["service"]
        #expect(service?["launchType"] == nil && service?["platformVersion"] == "LATEST")
        #expect(
            service?["capacityProviderStrategy"] == [
                ["capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0]
            ])
    }

    @Test("an enabled circuit breaker is read back with its threshold")
    func breaker() throws {
        var stage = try ECSStage.withTaskDefinition()
        let input = stage.creation([
            "deploymentConfiguration": ["deploymentCircuitBreaker": ["enable": true, "rollback": true]]
        ])
        let service = try stage("CreateService", input)["service"]
        #expect(
            service?["deploymentConfiguration"]?["deploymentCircuitBreaker"] == [
                "enable": true, "rollback": true, "resetOnHealthyTask": true,
                "thresholdConfiguration": ["type": "BOUNDED_PERCENT", "value": 50],
            ])
    }

    @Test("the same token with the same members is the same service, and anything else is not idempotent")
    func idempotency() throws {
        var stage = try ECSStage.withTaskDefinition()
        let creation = stage.creation(["clientToken": "once"])
        let service = try stage("CreateService", creation)
        #expect(try stage("CreateService", creation) == service)
        let notIdempotent = CloudFault("InvalidParameterException", "Creation of service was not idempotent.")
        for members: AttributeValue in [["desiredCount": 3], ["clientToken": "twice"], ["clientToken": .null]] {
            #expect(try stage.refusal("CreateService", stage.merged(creation, members)) == notIdempotent)
        }
    }

    @Test("a service is found by name and ARN in its cluster, with tags where they are asked for")
    func found() throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage("CreateService", stage.creation(["tags": [["key": "team", "value": "blue"]]]))
        let arn: AttributeValue = "arn:aws:ecs:local-1:000000000000:service/default/web"
        let answer = try stage(
            "DescribeServices", ["cluster": "default", "services": ["web", arn, "other"], "include": ["TAGS"]])
        #expect(answer["services"]?.listValue?.count == 2)
        #expect(answer["services"]?[0]?["tags"] == [["key": "team", "value": "blue"]])
        #expect(answer["failures"]?[0]?["reason"] == "MISSING")
        #expect(try stage("DescribeServices", ["services": ["web"]])["services"]?[0]?["tags"] == nil)
        #expect(try stage("ListServices", ["launchType": "FARGATE"])["serviceArns"] == [arn])
        #expect(try stage("ListServices", ["schedulingStrategy": "DAEMON"])["serviceArns"] == [])
        try stage("CreateCluster", ["clusterName": "other"])
        #expect(
            try stage("DescribeServices", ["cluster": "other", "services": [arn]])["failures"]?.listValue?.count == 1)
    }

    @Test("a deleted service drains until its tasks are gone, and is a ghost for an hour")
    func deletion() throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage("CreateService", stage.creation())
        stage.pass(seconds: 1)
        let deleted = try stage("DeleteService", ["service": "web", "force": true])["service"]
        #expect(deleted?["status"] == "DRAINING" && deleted?["desiredCount"] == 0)
        #expect(
            try stage.refusal("CreateService", stage.creation())
                == CloudFault("InvalidParameterException", "Unable to Start a service that is still Draining."))
        #expect(try stage.refusal("UpdateService", ["service": "web"])?.code == "ServiceNotActiveException")
        for arn in stage.world.containers.tasks.keys { stage.world.containers.tasks[arn]?.lastStatus = .stopped }
        stage.pass(seconds: 1)
        let ghost = try stage("DescribeServices", ["services": ["web"]])["services"]?[0]
        #expect(ghost?["status"] == "INACTIVE")
        #expect(try stage("ListServices")["serviceArns"] == [])
        #expect(try stage.refusal("DeleteService", ["service": "web"])?.code == "ServiceNotFoundException")
        stage.pass(seconds: 3600)
        #expect(try stage("DescribeServices", ["services": ["web"]])["failures"]?[0]?["reason"] == "MISSING")
        #expect(try stage("CreateService", stage.creation())["service"]?["status"] == "ACTIVE")
    }

    @Test("a service of one cluster says nothing of a service of the same name in another")
    func sameName() throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage("CreateCluster", ["clusterName": "other"])
        try stage("CreateService", stage.creation())
        try stage("CreateService", stage.creation(["cluster": "other", "desiredCount": 0]))
        try stage("DeleteService", ["cluster": "other", "service": "web"])
        #expect(try stage("DescribeServices", ["services": ["web"]])["services"]?[0]?["status"] == "ACTIVE")
    }
}
