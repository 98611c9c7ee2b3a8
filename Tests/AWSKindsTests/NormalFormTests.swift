import AttributeTree
import Planning
import ResourceModel
import TestSupport
import Testing

@testable import AWSKinds

/// What AWS fills in, turns round and says in other words, beside what was written. An apply is followed by an empty plan.
@Suite("Forms that mean the same", .tags(.small))
struct NormalFormTests {
    struct Form: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var kind: KindName
        /// `spec` in flow form, without its braces.
        var written: String
        /// The members of AWS's description that matter.
        var described: String

        init(_ description: String, _ kind: KindName, _ written: String, _ described: String) {
            (testDescription, self.kind, self.written, self.described) = (description, kind, written, described)
        }

        var spec: String { "{\(written)}" }

        /// As the kind reads AWS's answer, with what every such answer has.
        func observed() throws -> AttributeValue {
            let members = try json("{\(described)}").mapValue ?? [:]
            let all = try json(Self.always[kind] ?? "{}").mapValue ?? [:]
            let description = AttributeValue.map(all.merging(members) { $1 })
            let resource: ObservedResource? =
                switch kind {
                case .cluster: ECSCluster.observed(description)
                case .taskDefinition: ECSTaskDefinition.observed(["taskDefinition": description])
                case .service: ECSService.observed(description)
                case .loadBalancer: ELBLoadBalancer.observed(description)
                case .targetGroup: ELBTargetGroup.observed(description)
                default: ELBListener.observed(description, name: "it")
                }
            var attributes = try #require(resource).attributes
            // They are compared where a manifest has them, and here none does.
            attributes["subnetMappings"] = nil
            return attributes
        }

        private static let always: [KindName: String] = [
            .cluster: #"{"clusterArn": "arn:it", "clusterName": "it", "status": "ACTIVE"}"#,
            .taskDefinition: #"{"taskDefinitionArn": "arn:it", "family": "it", "status": "ACTIVE", "revision": 3}"#,
            .service: """
            {"serviceArn": "arn:it", "serviceName": "it", "clusterArn": "arn:c", "taskDefinition": "arn:t",
             "schedulingStrategy": "REPLICA", "deploymentController": {"type": "ECS"}, "propagateTags": "NONE",
             "roleArn": "arn:aws:iam::1:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
             "enableECSManagedTags": false, "enableExecuteCommand": false, "placementConstraints": [],
             "placementStrategy": [], "serviceRegistries": [], "loadBalancers": [], "desiredCount": 1,
             "availabilityZoneRebalancing": "ENABLED", "platformVersion": "LATEST",
             "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": "ROLLING",
              "bakeTimeInMinutes": 0, "deploymentCircuitBreaker": {"enable": false, "rollback": false}}}
            """,
            .loadBalancer: """
            {"LoadBalancerArn": "arn:it", "LoadBalancerName": "it", "Scheme": "internet-facing", "Type": "application",
             "IpAddressType": "ipv4", "VpcId": "vpc-1", "SecurityGroups": ["sg-default"],
             "AvailabilityZones": [{"ZoneName": "b", "SubnetId": "subnet-b", "LoadBalancerAddresses": []},
              {"ZoneName": "a", "SubnetId": "subnet-a", "LoadBalancerAddresses": []}]}
            """,
            .targetGroup: """
            {"TargetGroupArn": "arn:it", "TargetGroupName": "it", "Protocol": "HTTP", "ProtocolVersion": "HTTP1",
             "Port": 80, "VpcId": "vpc-1", "TargetType": "ip", "IpAddressType": "ipv4", "HealthCheckEnabled": true,
             "HealthCheckProtocol": "HTTP", "HealthCheckPort": "traffic-port", "HealthCheckPath": "/",
             "HealthCheckIntervalSeconds": 30, "HealthCheckTimeoutSeconds": 5, "HealthyThresholdCount": 5,
             "UnhealthyThresholdCount": 2, "Matcher": {"HttpCode": "200"}, "LoadBalancerArns": []}
            """,
            .listener: #"{"ListenerArn": "arn:it", "LoadBalancerArn": "arn:b", "Protocol": "HTTP", "Port": 80}"#,
        ]
    }

    private static func task(_ description: String, _ written: String, _ described: String) -> Form {
        Form(description, .taskDefinition, written, described)
    }

    private static func container(_ description: String, _ written: String, _ described: String) -> Form {
        task(
            description, "containerDefinitions: [{name: app, image: a\(written.isEmpty ? "" : ", " + written)}]",
            """
            "networkMode": "bridge", "volumes": [], "placementConstraints": [], "compatibilities": ["EC2"],
            "containerDefinitions": [{"name": "app", "image": "a", "essential": true, "cpu": 0, "mountPoints": [],
             "volumesFrom": []\(described.isEmpty ? "" : ", " + described)}]
            """)
    }

    private static let app = "containerDefinitions: [{name: app, image: a}]"
    private static let appDescribed =
        #""containerDefinitions": [{"name": "app", "image": "a", "essential": true, "cpu": 0}]"#

    static let taskDefinitions = [
        container("what AWS adds to a container", "", #""environment": [], "portMappings": [], "systemControls": []"#),
        container(
            "a port without a protocol", "portMappings: [{containerPort: 80}]",
            #""portMappings": [{"containerPort": 80, "hostPort": 0, "protocol": "tcp"}]"#),
        container(
            "ports in another order", "portMappings: [{containerPort: 80}, {containerPort: 81, protocol: udp}]",
            #""portMappings": [{"containerPort": 81, "protocol": "udp"}, {"containerPort": 80, "protocol": "tcp"}]"#),
        container(
            "variables in another order", "environment: [{name: A, value: a}, {name: B, value: \"\"}]",
            #""environment": [{"name": "B", "value": ""}, {"name": "A", "value": "a"}]"#),
        container(
            "a variable without a value is none",
            "environment: [{name: A, value: a}, {name: B}]",
            #""environment": [{"name": "A", "value": "a"}]"#),
        container(
            "secrets in another order", "secrets: [{name: A, valueFrom: x}, {name: B, valueFrom: y}]",
            #""secrets": [{"name": "B", "valueFrom": "y"}, {"name": "A", "valueFrom": "x"}]"#),
        container(
            "mount points in another order",
            "mountPoints: [{sourceVolume: v, containerPath: /v}, {sourceVolume: w, containerPath: /w, readOnly: true}]",
            """
            "mountPoints": [{"sourceVolume": "w", "containerPath": "/w", "readOnly": true},
             {"sourceVolume": "v", "containerPath": "/v", "readOnly": false}]
            """),
        container(
            "a health check with its defaults", "healthCheck: {command: [CMD, ok]}",
            #""healthCheck": {"command": ["CMD", "ok"], "interval": 30, "timeout": 5, "retries": 3}"#),
        container(
            "capabilities with an empty list", "linuxParameters: {capabilities: {drop: [ALL]}}",
            #""linuxParameters": {"capabilities": {"add": [], "drop": ["ALL"]}, "devices": [], "tmpfs": []}"#),
        container("empty lists", "environment: [], command: [], links: []", ""),
        container(
            "what is off", "essential: true, versionConsistency: enabled, privileged: false, interactive: false", ""),
        task(
            "a port of a task with its own address",
            "networkMode: awsvpc, containerDefinitions: [{name: app, image: a, portMappings: [{containerPort: 80}]}]",
            """
            "networkMode": "awsvpc", "containerDefinitions": [{"name": "app", "image": "a", "essential": true, "cpu": 0,
             "portMappings": [{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}]}]
            """),
        task(
            "containers in another order",
            "containerDefinitions: [{name: app, image: a}, {name: log, image: l, essential: false}]",
            """
            "containerDefinitions": [{"name": "log", "image": "l", "essential": false, "cpu": 0},
             {"name": "app", "image": "a", "essential": true, "cpu": 0}]
            """),
        task(
            "cpu and memory in words", "\(app), cpu: 0.25 vCPU, memory: 1 GB",
            "\(appDescribed), \"cpu\": \"256\", \"memory\": \"1024\""),
        task(
            "cpu and memory as AWS writes them", "\(app), cpu: .5 vcpu, memory: 0.5GB",
            "\(appDescribed), \"cpu\": \"512\", \"memory\": \"512\""),
        task(
            "cpu and memory as numbers", "\(app), cpu: 256, memory: 512",
            "\(appDescribed), \"cpu\": \"256\", \"memory\": \"512\""),
        task(
            "compatibilities in another order", "\(app), requiresCompatibilities: [FARGATE, EC2]",
            "\(appDescribed), \"requiresCompatibilities\": [\"EC2\", \"FARGATE\"]"),
        task(
            "a volume on EFS", "\(app), volumes: [{name: v, efsVolumeConfiguration: {fileSystem: fs-1}}]",
            """
            \(appDescribed), "volumes": [{"name": "v", "efsVolumeConfiguration":
             {"fileSystemId": "fs-1", "rootDirectory": "/", "transitEncryption": "DISABLED"}}]
            """),
        task(
            "volumes in another order", "\(app), volumes: [{name: v}, {name: w}]",
            "\(appDescribed), \"volumes\": [{\"name\": \"w\", \"host\": {}}, {\"name\": \"v\", \"host\": {}}]"),
        task(
            "a proxy",
            "\(app), proxyConfiguration: {containerName: app, properties: [{name: A, value: a}, {name: B, value: b}]}",
            """
            \(appDescribed), "proxyConfiguration": {"type": "APPMESH", "containerName": "app",
             "properties": [{"name": "B", "value": "b"}, {"name": "A", "value": "a"}]}
            """),
        task(
            "fault injection that is off", app,
            "\(appDescribed), \"enableFaultInjection\": false, \"networkMode\": \"bridge\""),
    ]

    private static func service(_ description: String, _ written: String, _ described: String) -> Form {
        Form(
            description, .service,
            "cluster: \"arn:c\", taskDefinition: \"arn:t\"\(written.isEmpty ? "" : ", " + written)", described)
    }

    static let services = [
        service("what AWS adds", "", ""),
        service(
            "what AWS adds, written",
            "schedulingStrategy: REPLICA, deploymentController: {type: ECS}, propagateTags: NONE",
            ""),
        service(
            "subnets and groups in another order",
            "networkConfiguration: {awsvpcConfiguration: {subnets: default, securityGroups: [sg-a, sg-b]}}",
            """
            "networkConfiguration": {"awsvpcConfiguration":
             {"subnets": ["subnet-b", "subnet-a"], "securityGroups": ["sg-b", "sg-a"], "assignPublicIp": "DISABLED"}}
            """),
        service(
            "a circuit breaker", "deploymentConfiguration: {deploymentCircuitBreaker: {enable: true, rollback: true}}",
            """
            "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": "ROLLING",
             "bakeTimeInMinutes": 0, "deploymentCircuitBreaker": {"enable": true, "rollback": true,
              "resetOnHealthyTask": true, "thresholdConfiguration": {"type": "BOUNDED_PERCENT", "value": 50}},
             "earlySuccessCriteria": {"enable": false, "healthyPercent": 100, "sourceServiceRevisionCleanup": "BLOCKING"}}
            """),
        service(
            "a deployment configuration of a daemon",
            "schedulingStrategy: DAEMON, deploymentConfiguration: {maximumPercent: 100}",
            """
            "schedulingStrategy": "DAEMON", "deploymentConfiguration": {"maximumPercent": 100, "minimumHealthyPercent": 0}
            """),
        service(
            "a lifecycle hook",
            "deploymentConfiguration: {lifecycleHooks: [{hookTarget: \"arn:h\", role: \"arn:r\", lifecycleStages: [PRE_SCALE_UP]}]}",
            """
            "deploymentConfiguration": {"lifecycleHooks": [{"hookTargetArn": "arn:h", "roleArn": "arn:r",
             "lifecycleStages": ["PRE_SCALE_UP"], "targetType": "AWS_LAMBDA",
             "timeoutConfiguration": {"action": "ROLLBACK", "timeoutInMinutes": 1440}}]}
            """),
        service("a grace period of nothing", "healthCheckGracePeriodSeconds: 0", ""),
        service("lists that are empty", "placementConstraints: [], serviceRegistries: []", ""),
        service(
            "a strategy in another order",
            "capacityProviderStrategy: [{capacityProvider: A, weight: 1}, {capacityProvider: B}]",
            """
            "capacityProviderStrategy": [{"capacityProvider": "B", "weight": 0, "base": 0},
             {"capacityProvider": "A", "weight": 1, "base": 0}]
            """),
        service(
            "the cluster's strategy, which AWS copies", "",
            #""capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1, "base": 0}]"#),
        service(
            "a placement by host", "placementStrategy: [{type: spread, field: host}, {type: binpack, field: MEMORY}]",
            """
            "placementStrategy": [{"type": "spread", "field": "instanceId"}, {"type": "binpack", "field": "memory"}]
            """),
        service("a count that auto scaling has changed", "", #""desiredCount": 9"#),
        service(
            "Service Connect, which the deployment tells", "serviceConnectConfiguration: {enabled: true, namespace: n}",
            """
            "deployments": [{"status": "PRIMARY", "serviceConnectConfiguration": {"enabled": true, "namespace": "n"}}]
            """),
        service(
            "target groups keep their order",
            """
            loadBalancers: [{targetGroup: "arn:h", containerName: app, containerPort: 80},
             {targetGroup: "arn:g", containerName: app, containerPort: 80}]
            """,
            """
            "loadBalancers": [{"targetGroupArn": "arn:h", "containerName": "app", "containerPort": 80},
             {"targetGroupArn": "arn:g", "containerName": "app", "containerPort": 80}]
            """),
    ]

    static let others = [
        Form(
            "a cluster's settings, written or not", .cluster, "",
            #""settings": [{"name": "containerInsights", "value": "disabled"}]"#),
        Form(
            "capacity providers in another order", .cluster, "capacityProviders: [FARGATE, FARGATE_SPOT]",
            #""capacityProviders": ["FARGATE_SPOT", "FARGATE"], "defaultCapacityProviderStrategy": []"#),
        Form(
            "a cluster's strategy with its defaults", .cluster,
            "defaultCapacityProviderStrategy: [{capacityProvider: FARGATE}]",
            #""defaultCapacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 0, "base": 0}]"#),
        Form("a load balancer in the default subnets", .loadBalancer, "subnets: default", ""),
        Form(
            "a load balancer with everything that is the default", .loadBalancer,
            "scheme: internet-facing, type: application, ipAddressType: ipv4, securityGroups: default", ""),
        Form("a target group", .targetGroup, "protocol: HTTP, port: 80, targetType: ip", ""),
        Form(
            "a target group's numbers as text, and text as numbers", .targetGroup,
            "protocol: HTTP, port: 80, targetType: ip, healthCheckPort: 8080, matcher: {httpCode: 200}",
            #""HealthCheckPort": "8080""#),
    ]

    private static func listener(_ description: String, _ written: String, _ described: String) -> Form {
        Form(
            description, .listener, "loadBalancer: \"arn:b\", protocol: HTTP, port: 80, \(written)",
            described)
    }

    static let listeners = [
        listener(
            "one target group, which AWS answers in two ways",
            "defaultActions: [{type: forward, targetGroup: \"arn:g\"}]",
            """
            "DefaultActions": [{"Type": "forward", "Order": 1, "TargetGroupArn": "arn:g", "ForwardConfig":
             {"TargetGroups": [{"TargetGroupArn": "arn:g", "Weight": 1}],
              "TargetGroupStickinessConfig": {"Enabled": false}}}]
            """),
        listener(
            "target groups in another order",
            """
            defaultActions: [{type: forward, forwardConfig:
             {targetGroups: [{targetGroup: "arn:g", weight: 3}, {targetGroup: "arn:h"}]}}]
            """,
            """
            "DefaultActions": [{"Type": "forward", "ForwardConfig":
             {"TargetGroups": [{"TargetGroupArn": "arn:h", "Weight": 1}, {"TargetGroupArn": "arn:g", "Weight": 3}],
              "TargetGroupStickinessConfig": {"Enabled": false, "DurationSeconds": 3600}}}]
            """),
        listener(
            "actions by their order",
            """
            defaultActions: [{type: authenticate-cognito, authenticateCognitoConfig: {userPool: "arn:u",
             userPoolClientId: c, userPoolDomain: d}}, {type: forward, targetGroup: "arn:g"}]
            """,
            """
            "DefaultActions": [{"Type": "forward", "Order": 2, "TargetGroupArn": "arn:g"},
             {"Type": "authenticate-cognito", "Order": 1, "AuthenticateCognitoConfig": {"UserPoolArn": "arn:u",
              "UserPoolClientId": "c", "UserPoolDomain": "d", "SessionCookieName": "AWSELBAuthSessionCookie",
              "Scope": "openid", "SessionTimeout": 604800, "OnUnauthenticatedRequest": "authenticate"}}]
            """),
        listener(
            "a redirect", "defaultActions: [{type: redirect, redirectConfig: {protocol: HTTPS, statusCode: HTTP_301}}]",
            """
            "DefaultActions": [{"Type": "redirect", "Order": 1, "RedirectConfig": {"Protocol": "HTTPS",
             "Port": "#{port}", "Host": "#{host}", "Path": "/#{path}", "Query": "#{query}", "StatusCode": "HTTP_301"}}]
            """),
        listener(
            "further certificates in another order, and a policy that AWS chose",
            """
            certificates: [{certificate: "arn:1"}, {certificate: "arn:3"}, {certificate: "arn:2"}],
             defaultActions: [{type: forward, targetGroup: "arn:g"}]
            """,
            """
            "SslPolicy": "ELBSecurityPolicy-2016-08", "DefaultActions": [{"Type": "forward", "TargetGroupArn": "arn:g"}],
            "Certificates": [{"CertificateArn": "arn:1"}, {"CertificateArn": "arn:2"}, {"CertificateArn": "arn:3"}]
            """),
    ]

    @Test(arguments: taskDefinitions + services + others + listeners)
    func `are equal`(_ form: Form) throws {
        let resource = OneResource(form.kind)
        #expect(try resource.plan(form.spec, recorded: form.spec, observed: form.observed()).differences == [])
        // The same again for what is adopted, or was forgotten.
        #expect(try resource.plan(form.spec, recorded: nil, observed: form.observed()).differences == [])
    }

    @Test(arguments: [
        service(
            "target groups in another order",
            """
            loadBalancers: [{targetGroup: "arn:g", containerName: app, containerPort: 80},
             {targetGroup: "arn:h", containerName: app, containerPort: 80}]
            """,
            """
            "loadBalancers": [{"targetGroupArn": "arn:h", "containerName": "app", "containerPort": 80},
             {"targetGroupArn": "arn:g", "containerName": "app", "containerPort": 80}]
            """),
        container("a command in another order", "command: [a, b]", #""command": ["b", "a"]"#),
        container(
            "files of variables, of which the first that has one counts",
            "environmentFiles: [{type: s3, value: a}, {type: s3, value: b}]",
            #""environmentFiles": [{"type": "s3", "value": "b"}, {"type": "s3", "value": "a"}]"#),
        listener(
            "another weight", "defaultActions: [{type: forward, targetGroup: \"arn:g\"}]",
            """
            "DefaultActions": [{"Type": "forward", "ForwardConfig":
             {"TargetGroups": [{"TargetGroupArn": "arn:g", "Weight": 0}]}}]
            """),
    ])
    func `are not those where order or number counts`(_ form: Form) throws {
        let plan = try OneResource(form.kind).plan(form.spec, recorded: form.spec, observed: form.observed())
        #expect(plan.differences != [])
    }
}
