import AWSModel
import AttributeTree
import Testing

@testable import LocalCloud

/// A world in which ECS is called as clients call it: requests are decoded and answers encoded by AWS's own model.
struct ECSStage {
    var world = World(account: Account())
    var now = Moment(1_000_000)

    /// With the cluster `default` and the active task definition `web:1`: a Fargate task whose container `app` listens
    /// at 8080.
    static func withTaskDefinition() throws -> Self {
        var stage = Self()
        try stage("CreateCluster", [:])
        try stage("RegisterTaskDefinition", Self.taskDefinition)
        return stage
    }

    static let taskDefinition: AttributeValue = [
        "family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256",
        "memory": "512",
        "containerDefinitions": [
            ["name": "app", "image": "reconcile/hello", "portMappings": [["containerPort": 8080]]]
        ],
    ]

    var network: AttributeValue {
        ["awsvpcConfiguration": ["subnets": [.string(world.network.subnets[0].id)]]]
    }

    /// A call that creates the service `web`, with further members or others.
    func creation(_ members: AttributeValue = [:]) -> AttributeValue {
        merged(
            [
                "serviceName": "web", "taskDefinition": "web", "desiredCount": 2, "launchType": "FARGATE",
                "networkConfiguration": network,
            ], members)
    }

    /// Members that are null in the second are taken away.
    func merged(_ first: AttributeValue, _ second: AttributeValue) -> AttributeValue {
        var merged = first
        for (member, value) in second.mapValue ?? [:] { merged[member] = value.isNull ? nil : value }
        return merged
    }

    /// Calls an operation. Time does not pass by it.
    @discardableResult
    mutating func callAsFunction(_ operation: String, _ input: AttributeValue = [:]) throws -> AttributeValue {
        let request = WireRequest(
            headers: ["X-Amz-Target": "AmazonEC2ContainerServiceV20141113.\(operation)"], body: input.json())
        let (model, decoded) = try ServiceModel.ecs.decodeRequest(request)
        return try run(operation, of: .ecs, model, decoded)
    }

    /// Calls an operation of the load balancing service.
    @discardableResult
    mutating func balancing(_ operation: String, _ input: AttributeValue) throws -> AttributeValue {
        try run(operation, of: .elbv2, #require(ServiceModel.elbv2.operation(operation)), input)
    }

    private mutating func run(
        _ operation: String, of service: ImitatedService, _ model: OperationModel, _ input: AttributeValue
    ) throws -> AttributeValue {
        let handler = try #require(service.operations[operation], "\(operation) is not imitated")
        let caller = Caller(accessKeyID: "key", arn: "arn:aws:iam::000000000000:user/test", userID: "test")
        var changed = world
        let output = try handler(&changed, input, CallContext(now: now, caller: caller, ids: IDSource()))
        world = changed
        _ = try model.encodeResponse(output, requestID: "request")
        return output
    }

    /// Whether the call is refused, and how.
    mutating func refusal(_ operation: String, _ input: AttributeValue) throws -> CloudFault? {
        do {
            try self(operation, input)
            return nil
        } catch let fault as CloudFault {
            return fault
        }
    }

    mutating func pass(seconds: Double) {
        now = now + seconds
        world.advance(to: now)
    }

    /// A target group; with a listener that forwards to it unless said otherwise.
    mutating func makeTargetGroup(
        _ name: String = "web", type: String = "ip", isReachable: Bool = true
    ) throws -> String {
        let group = try balancing(
            "CreateTargetGroup",
            [
                "Name": .string(name), "Protocol": "HTTP", "Port": 80, "VpcId": .string(world.network.defaultVPC),
                "TargetType": .string(type),
            ])
        let arn = try #require(group["TargetGroups"]?[0]?["TargetGroupArn"]?.stringValue)
        guard isReachable else { return arn }
        let balancer = try balancing(
            "CreateLoadBalancer",
            ["Name": .string(name), "Subnets": .list(world.network.subnets.map { .string($0.id) })])
        try balancing(
            "CreateListener",
            [
                "LoadBalancerArn": #require(balancer["LoadBalancers"]?[0]?["LoadBalancerArn"]), "Protocol": "HTTP",
                "Port": 80, "DefaultActions": [["Type": "forward", "TargetGroupArn": .string(arn)]],
            ])
        return arn
    }
}

/// A call that is refused.
struct ECSRefusal: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var operation: String
    var input: AttributeValue
    var code: String
    var message: String

    init(
        _ testDescription: String, _ operation: String, _ input: AttributeValue, _ code: String, _ message: String
    ) {
        self.testDescription = testDescription
        self.operation = operation
        self.input = input
        self.code = code
        self.message = message
    }
}
