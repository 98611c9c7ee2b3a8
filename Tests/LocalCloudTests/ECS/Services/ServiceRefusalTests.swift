import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct ServiceRefusalTests {
    /// Members of a creation that would be fine without them.
    struct Creation: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var members: AttributeValue
        var code = "InvalidParameterException"
        var message: String

        init(
            _ testDescription: String, _ members: AttributeValue, _ message: String,
            code: String = "InvalidParameterException"
        ) {
            self.testDescription = testDescription
            self.members = members
            self.code = code
            self.message = message
        }
    }

    static let vpcs = NetworkState(Account()).vpcs
    static let subnet: AttributeValue = "subnet-1"

    static let creations = [
        Creation("no such cluster", ["cluster": "other"], "Cluster not found.", code: "ClusterNotFoundException"),
        Creation(
            "no such task definition", ["taskDefinition": "other"], "TaskDefinition not found.",
            code: "ClientException"),
        Creation(
            "a task definition that was deregistered", ["taskDefinition": "old:1"], "TaskDefinition is inactive",
            code: "ClientException"),
        Creation("no task definition", ["taskDefinition": .null], "TaskDefinition can not be blank."),
        Creation("a name that is none", ["serviceName": "a b"], "Invalid service name: a b"),
        Creation("less than nothing", ["desiredCount": -1], "Invalid desiredCount: it must not be negative."),
        Creation(
            "awsvpc without a network", ["networkConfiguration": .null],
            "Network Configuration must be provided when networkMode 'awsvpc' is specified."),
        Creation(
            "a network without awsvpc", ["taskDefinition": "bridge", "launchType": "EC2"],
            "Network Configuration is not valid for the given networkMode of this task definition."),
        Creation(
            "an unknown subnet", ["networkConfiguration": ["awsvpcConfiguration": ["subnets": [subnet]]]],
            "Error retrieving subnet information for [subnet-1]: The subnet ID 'subnet-1' does not exist "
                + "(ErrorCode: InvalidSubnetID.NotFound)"),
        Creation(
            "subnets of two VPCs",
            [
                "networkConfiguration": [
                    "awsvpcConfiguration": [
                        "subnets": [.string(vpcs[0].subnets[0].id), .string(vpcs[1].subnets[0].id)]
                    ]
                ]
            ], "The subnets must be in one VPC."),
        Creation(
            "a security group of another VPC",
            [
                "networkConfiguration": [
                    "awsvpcConfiguration": [
                        "subnets": [.string(vpcs[0].subnets[0].id)],
                        "securityGroups": [.string(vpcs[1].defaultSecurityGroup)],
                    ]
                ]
            ],
            "The security group '\(vpcs[1].defaultSecurityGroup)' and the subnets must be in one VPC."),
        Creation(
            "no subnets", ["networkConfiguration": ["awsvpcConfiguration": ["subnets": []]]],
            "subnets can not be empty."),
        Creation(
            "Fargate with a task definition that does not run there",
            ["taskDefinition": "bridge", "networkConfiguration": .null],
            "Task definition does not support launch_type FARGATE."),
        Creation(
            "a launch type and a strategy", ["capacityProviderStrategy": [["capacityProvider": "FARGATE"]]],
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again."),
        Creation(
            "a platform version that does not exist", ["platformVersion": "9"],
            "The specified platform version does not exist.", code: "PlatformUnknownException"),
        Creation(
            "a grace period without a load balancer", ["healthCheckGracePeriodSeconds": 10],
            "Health check grace period is only valid for services configured to use load balancers"),
        Creation(
            "more than all at least", ["deploymentConfiguration": ["minimumHealthyPercent": 101]],
            "minimumHealthyPercent must be between 0 and 100."),
        Creation(
            "less than all at most", ["deploymentConfiguration": ["maximumPercent": 50]],
            "maximumPercent must be greater than or equal to 100.", code: "InvalidParameterException"),
        Creation(
            "no room to roll",
            ["deploymentConfiguration": ["maximumPercent": 100, "minimumHealthyPercent": 100]],
            "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments."),
        Creation(
            "a strategy that is not imitated", ["deploymentConfiguration": ["strategy": "BLUE_GREEN"]],
            "The deployment strategy BLUE_GREEN is not supported here.", code: "UnsupportedFeatureException"),
        Creation(
            "a daemon with a count", ["schedulingStrategy": "DAEMON"],
            "The daemon scheduling strategy does not support a desired count for services. Remove a desired count value "
                + "and try again"),
        Creation("no tags in the list", ["tags": []], "Tags can not be empty.", code: "ClientException"),
    ]

    @Test("a creation is refused", arguments: creations)
    func refuses(_ creation: Creation) throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage("RegisterTaskDefinition", stage.merged(ECSStage.taskDefinition, ["family": "old"]))
        try stage("DeregisterTaskDefinition", ["taskDefinition": "old:1"])
        try stage(
            "RegisterTaskDefinition",
            [
                "family": "bridge",
                "containerDefinitions": [
                    ["name": "app", "image": "x", "memory": 128, "portMappings": [["containerPort": 8080]]]
                ],
            ])
        let fault = try stage.refusal("CreateService", stage.creation(creation.members))
        #expect(fault == CloudFault(creation.code, creation.message))
        #expect(stage.world.containers.services.isEmpty)
    }

    @Test("a load balancer is refused that does not fit the task definition")
    func loadBalancers() throws {
        var stage = try ECSStage.withTaskDefinition()
        let group = try stage.makeTargetGroup()
        let lonely = try stage.makeTargetGroup("lonely", isReachable: false)
        let instances = try stage.makeTargetGroup("instances", type: "instance")
        let missing = "arn:aws:elasticloadbalancing:local-1:000000000000:targetgroup/none/1"
        let cases = [
            (group, "web", 8080, "The container web does not exist in the task definition."),
            (group, "app", 80, "The container app did not have a container port 80 defined."),
            (
                lonely, "app", 8080,
                "The target group with targetGroupArn \(lonely) does not have an associated load balancer."
            ),
            (
                instances, "app", 8080,
                "The provided target group \(instances) has target type instance, which is incompatible with the awsvpc "
                    + "network mode specified in the task definition."
            ),
            (missing, "app", 8080, "The target group with targetGroupArn \(missing) does not exist."),
        ]
        for (arn, container, port, message) in cases {
            let balancer: AttributeValue = [
                "targetGroupArn": .string(arn), "containerName": .string(container), "containerPort": .int(port),
            ]
            let fault = try stage.refusal("CreateService", stage.creation(["loadBalancers": [balancer]]))
            #expect(fault == CloudFault("InvalidParameterException", message))
            try stage("CreateService", stage.creation(["serviceName": "plain"]))
            let update: AttributeValue = ["service": "plain", "loadBalancers": [balancer]]
            #expect(try stage.refusal("UpdateService", update)?.message == message)
            stage.world.containers.services.removeAll { $0.name == "plain" }
        }
    }

    @Test("a task definition is refused that lacks what the load balancer needs; what it had stays")
    func updateToUnfitTaskDefinition() throws {
        var stage = try ECSStage.withTaskDefinition()
        let group = try stage.makeTargetGroup()
        let balancer: AttributeValue = [
            "targetGroupArn": .string(group), "containerName": "app", "containerPort": 8080,
        ]
        try stage("CreateService", stage.creation(["loadBalancers": [balancer]]))
        let before = try stage("DescribeServices", ["services": ["web"]])
        try stage(
            "RegisterTaskDefinition",
            stage.merged(
                ECSStage.taskDefinition, ["containerDefinitions": [["name": "other", "image": "reconcile/hello"]]]))
        #expect(
            try stage.refusal("UpdateService", ["service": "web", "taskDefinition": "web:2"])
                == CloudFault(
                    "InvalidParameterException", "The container app does not exist in the task definition."))
        #expect(try stage("DescribeServices", ["services": ["web"]]) == before)
    }

    static let calls = [
        ECSRefusal(
            "a service that does not exist", "UpdateService", ["service": "other"], "ServiceNotFoundException",
            "Service not found."),
        ECSRefusal(
            "deletion above zero", "DeleteService", ["service": "web"], "InvalidParameterException",
            "The service cannot be stopped while it is scaled above 0."),
        ECSRefusal(
            "eleven services", "DescribeServices", ["services": .list(Array(repeating: "web", count: 11))],
            "InvalidParameterException", "service names can have at most 10 items."),
        ECSRefusal(
            "no services", "DescribeServices", ["services": []], "InvalidParameterException",
            "Services cannot be empty."),
        ECSRefusal(
            "a token that was not given out", "ListServices", ["nextToken": "x"], "InvalidParameterException",
            "Invalid token."),
        ECSRefusal(
            "21 service deployments", "DescribeServiceDeployments",
            ["serviceDeploymentArns": .list(Array(repeating: "arn", count: 21))], "InvalidParameterException",
            "service deployments can have at most 20 items."),
        ECSRefusal(
            "an unknown service deployment", "StopServiceDeployment", ["serviceDeploymentArn": "arn"],
            "ServiceDeploymentNotFoundException", "Service deployment not found."),
        ECSRefusal(
            "an inactive task definition", "UpdateService", ["service": "web", "taskDefinition": "web:1"],
            "ClientException", "TaskDefinition is inactive"),
        ECSRefusal(
            "an unknown security group", "UpdateService",
            [
                "service": "web",
                "networkConfiguration": ["awsvpcConfiguration": ["subnets": [], "securityGroups": ["sg-1"]]],
            ], "InvalidParameterException", "subnets can not be empty."),
    ]

    @Test("a call is refused", arguments: calls)
    func refusesCall(_ refusal: ECSRefusal) throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage("CreateService", stage.creation())
        try stage("DeregisterTaskDefinition", ["taskDefinition": "web:1"])
        let fault = try stage.refusal(refusal.operation, refusal.input)
        #expect(fault == CloudFault(refusal.code, refusal.message))
    }

    @Test("an unknown security group is refused")
    func securityGroup() throws {
        var stage = try ECSStage.withTaskDefinition()
        var network = stage.network
        network["awsvpcConfiguration"]?["securityGroups"] = ["sg-1"]
        let fault = try stage.refusal("CreateService", stage.creation(["networkConfiguration": network]))
        #expect(
            fault?.message
                == "Error retrieving security group information for [sg-1]: The security group 'sg-1' does not exist "
                + "(ErrorCode: InvalidGroup.NotFound)")
    }

    @Test("a service without desired tasks is deleted without force")
    func scaledToZero() throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage("CreateService", stage.creation(["desiredCount": 0]))
        #expect(try stage("DeleteService", ["service": "web"])["service"]?["status"] == "DRAINING")
    }
}
