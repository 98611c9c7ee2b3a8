import AttributeTree
import TestBackends

/// A local cloud that boto3 calls, and what a service behind a load balancer takes, made call by call.
struct BotoStage: Sendable {
    let cloud: LocalEndpoint
    let boto3: Boto3
    /// One in each zone.
    let subnets: AttributeValue

    /// Gives `body` an empty cloud.
    ///
    /// - Parameter clockRate: how many of the cloud's seconds a real one has; at 0 it stays in the middle of things.
    static func with<Result: Sendable>(
        clockRate: Double = 0, _ body: (BotoStage) async throws -> Result
    ) async throws -> Result {
        try await LocalEndpoint.run(clockRate: clockRate) { try await on($0, body) }
    }

    private static let defaultSubnets: AttributeValue = [
        "Filters": [["Name": "default-for-az", "Values": ["true"]]]
    ]

    /// Gives `body` a cloud that runs.
    static func on<Result: Sendable>(
        _ cloud: LocalEndpoint, _ body: (BotoStage) async throws -> Result
    ) async throws -> Result {
        try await Boto3.run(cloud.access) { boto3 in
            let subnets =
                try await boto3("ec2", "describe_subnets", BotoStage.defaultSubnets)["Subnets"]?.listValue ?? []
            let stage = BotoStage(
                cloud: cloud, boto3: boto3, subnets: .list(subnets.compactMap { $0["SubnetId"] }))
            return try await body(stage)
        }
    }

    func setTime(rate: Double) async throws {
        try await cloud.control("POST", "time", ["rate": .number(rate)])
    }

    var awsvpcConfiguration: AttributeValue { ["subnets": subnets, "assignPublicIp": "ENABLED"] }

    /// The parameters of a service of Fargate tasks that has no load balancer.
    var service: AttributeValue {
        [
            "cluster": "walk", "serviceName": "web", "taskDefinition": "hello", "desiredCount": 2,
            "launchType": "FARGATE", "networkConfiguration": ["awsvpcConfiguration": awsvpcConfiguration],
        ]
    }

    /// The parameters of a task definition for Fargate that runs hello.
    static func hello(_ environment: [String: String] = [:], image: String = "reconcile/hello") -> AttributeValue {
        let variables = environment.sorted { $0.key < $1.key }
            .map { ["name": .string($0.key), "value": .string($0.value)] as AttributeValue }
        return [
            "family": "hello", "cpu": "256", "memory": "512", "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"],
            "containerDefinitions": [
                [
                    "name": "app", "image": .string(image), "portMappings": [["containerPort": 8080]],
                    "environment": .list(variables),
                ]
            ],
        ]
    }

    /// Registers a revision, and returns its ARN.
    @discardableResult
    func register(_ taskDefinition: AttributeValue) async throws -> AttributeValue {
        let answer = try await boto3("ecs", "register_task_definition", taskDefinition)
        return answer["taskDefinition"]?["taskDefinitionArn"] ?? .null
    }

    /// Creates a target group, and returns its ARN.
    func createTargetGroup(_ name: String, type: AttributeValue = "ip") async throws -> AttributeValue {
        let vpcs = try await boto3("ec2", "describe_vpcs")["Vpcs"]
        let answer = try await boto3(
            "elbv2", "create_target_group",
            [
                "Name": .string(name), "Protocol": "HTTP", "Port": 8080, "TargetType": type,
                "VpcId": vpcs?[0]?["VpcId"] ?? .null, "HealthCheckPath": "/healthz",
                // Where the time runs quickly, a busy machine needs some of it.
                "HealthCheckTimeoutSeconds": 25,
            ])
        return answer["TargetGroups"]?[0]?["TargetGroupArn"] ?? .null
    }

    /// Creates a load balancer.
    func createLoadBalancer(_ name: String) async throws -> Balancer {
        let answer = try await boto3(
            "elbv2", "create_load_balancer", ["Name": .string(name), "Subnets": subnets])["LoadBalancers"]?[0]
        return Balancer(arn: answer?["LoadBalancerArn"] ?? .null, name: answer?["DNSName"]?.stringValue ?? "")
    }

    /// Creates a listener that forwards to a target group, and returns its ARN.
    func createListener(
        of balancer: Balancer, to targetGroup: AttributeValue, port: AttributeValue = 80
    ) async throws -> AttributeValue {
        let answer = try await boto3(
            "elbv2", "create_listener",
            [
                "LoadBalancerArn": balancer.arn, "Protocol": "HTTP", "Port": port,
                "DefaultActions": [["Type": "forward", "TargetGroupArn": targetGroup]],
            ])
        return answer["Listeners"]?[0]?["ListenerArn"] ?? .null
    }

    /// A load balancer, by its ARN and its DNS name.
    struct Balancer: Sendable {
        var arn: AttributeValue
        var name: String
    }
}

extension AttributeValue {
    /// The map with other members; `nil` takes one away.
    func but(_ changes: [String: AttributeValue?]) -> AttributeValue {
        changes.reduce(into: self) { map, change in map[change.key] = change.value }
    }
}
