import AttributeTree
import Foundation
import TestBackends

/// A service of hello tasks behind a load balancer of a local cloud whose time runs fast, changed call by call, and
/// what is seen of it from outside.
///
/// What takes AWS minutes takes seconds: targets are asked for their health eight times in a real second. Tasks know
/// nothing of that: what their environment says is in real seconds.
struct WebStage: Sendable {
    static let clockRate = 40.0

    let stage: BotoStage
    let balancer: BotoStage.Balancer
    let targetGroup: AttributeValue
    /// Forwards to the target group.
    let listener: AttributeValue

    var boto3: Boto3 { stage.boto3 }

    /// - Parameter deregistrationDelay: in seconds of the cloud.
    static func with<Result: Sendable>(
        deregistrationDelay: Int = 5, engine: ContainerEngine? = nil,
        _ body: @Sendable (WebStage) async throws -> Result
    ) async throws -> Result {
        try await LocalEndpoint.run(clockRate: clockRate, engine: engine) { cloud in
            try await BotoStage.on(cloud) { stage in
                try await body(WebStage(stage, deregistrationDelay: deregistrationDelay))
            }
        }
    }

    init(_ stage: BotoStage, deregistrationDelay: Int) async throws {
        self.stage = stage
        try await stage.boto3("ecs", "create_cluster", ["clusterName": "walk"])
        balancer = try await stage.createLoadBalancer("walk")
        // A minute of the cloud, after which a load balancer waits no longer, is less than two seconds.
        try await stage.boto3(
            "elbv2", "modify_load_balancer_attributes",
            [
                "LoadBalancerArn": balancer.arn,
                "Attributes": [["Key": "idle_timeout.timeout_seconds", "Value": "4000"]],
            ])
        targetGroup = try await stage.createQuickTargetGroup("web", deregistrationDelay: deregistrationDelay)
        listener = try await stage.createListener(of: balancer, to: targetGroup)
        try await eventually("an answer of the load balancer") { (try? await get()) != nil }
    }

    /// The same on a cloud that goes on where another one ended.
    init(_ stage: BotoStage, as before: WebStage) {
        self.stage = stage
        balancer = before.balancer
        targetGroup = before.targetGroup
        listener = before.listener
    }

    /// What the load balancer answers.
    func get(_ path: String = "/", port: Int = 80) async throws -> LoopbackRequest.Answer {
        try await stage.cloud.get(path, from: balancer.name, port: port)
    }

    /// Sends requests to the load balancer while something is done.
    func traffic(
        clients: Int = 1, during body: @escaping @Sendable () async throws -> Void
    ) async throws -> Traffic {
        try await Traffic.run(clients: clients) {
            try await get()
        } during: {
            try await body()
        }.1
    }
}

/// What is done to the service.
extension WebStage {
    /// The parameters of the service.
    func service(_ taskDefinition: AttributeValue) -> AttributeValue {
        stage.service.but([
            "taskDefinition": taskDefinition,
            "loadBalancers": [["targetGroupArn": targetGroup, "containerName": "app", "containerPort": 8080]],
        ])
    }

    /// Creates the service, and waits until it has come to rest.
    ///
    /// - Parameter changes: to what the service is by default.
    func create(
        _ environment: [String: String] = [:], image: String = "reconcile/hello",
        _ changes: [String: AttributeValue?] = [:]
    ) async throws {
        let revision = try await stage.register(BotoStage.hello(environment, image: image))
        try await boto3("ecs", "create_service", service(revision).but(changes))
        try await settle()
    }

    func update(_ changes: [String: AttributeValue?]) async throws {
        let service: AttributeValue = ["cluster": "walk", "service": "web"]
        try await boto3("ecs", "update_service", service.but(changes))
    }

    /// Gives the tasks another environment, without waiting.
    func deploy(_ environment: [String: String]) async throws {
        try await update(["taskDefinition": try await stage.register(BotoStage.hello(environment))])
    }

    /// Waits until the service does what it should, and nothing else is left.
    func settle(within limit: Duration = .seconds(30)) async throws {
        _ = try await eventually("the end of the deployment", within: limit, find: described) { service in
            let deployments = service["deployments"]?.listValue ?? []
            let desired = service["desiredCount"]?.intValue
            return deployments.count == 1 && deployments[0]["rolloutState"]?.stringValue == "COMPLETED"
                && service["runningCount"]?.intValue == desired && service["pendingCount"]?.intValue == 0
        }
    }
}

/// What is seen of the service from outside.
extension WebStage {
    func described() async throws -> AttributeValue {
        try await boto3("ecs", "describe_services", ["cluster": "walk", "services": ["web"]])["services"]?[0] ?? .null
    }

    /// - Parameter status: the desired one: `RUNNING`, or `STOPPED`.
    func tasks(_ status: String = "RUNNING") async throws -> [DescribedTask] {
        let arns = try await boto3("ecs", "list_tasks", ["cluster": "walk", "desiredStatus": .string(status)])
        guard let arns = arns["taskArns"], arns.listValue?.isEmpty == false else { return [] }
        let found = try await boto3("ecs", "describe_tasks", ["cluster": "walk", "tasks": arns])
        return (found["tasks"]?.listValue ?? []).map(DescribedTask.init)
    }

    func task(_ id: String) async throws -> DescribedTask {
        let found = try await boto3("ecs", "describe_tasks", ["cluster": "walk", "tasks": [.string(id)]])
        return DescribedTask(found["tasks"]?[0] ?? .null)
    }

    /// By their addresses; `unhealthy (Target.Timeout)` with the reason where there is one.
    func targets() async throws -> [String: String] {
        let health = try await boto3("elbv2", "describe_target_health", ["TargetGroupArn": targetGroup])
        let targets = (health["TargetHealthDescriptions"]?.listValue ?? []).map { target in
            let state = target["TargetHealth"]?["State"]?.stringValue ?? ""
            let reason = target["TargetHealth"]?["Reason"]?.stringValue.map { " (\($0))" } ?? ""
            return (target["Target"]?["Id"]?.stringValue ?? "", state + reason)
        }
        return Dictionary(targets) { first, _ in first }
    }
}

/// A task as `DescribeTasks` tells of it.
struct DescribedTask: Sendable {
    var json: AttributeValue

    /// Of its container.
    var port = 8080

    init(_ json: AttributeValue) { self.json = json }

    var id: String { json["taskArn"]?.stringValue?.split(separator: "/").last.map(String.init) ?? "" }
    var status: String { json["lastStatus"]?.stringValue ?? "" }
    var address: String { json["containers"]?[0]?["networkInterfaces"]?[0]?["privateIpv4Address"]?.stringValue ?? "" }

    /// Why it was stopped: a code and a reason.
    var end: String? {
        json["stopCode"]?.stringValue.map { "\($0): \(json["stoppedReason"]?.stringValue ?? "")" }
    }

    /// Of its one process, which its runtime id `4711@81723` begins with.
    var processID: Int? {
        json["containers"]?[0]?["runtimeId"]?.stringValue?.split(separator: "@").first.flatMap { Int($0) }
    }

    /// Seconds since 1970, by the cloud's clock.
    func moment(_ member: String) -> Double? { json[member]?.doubleValue }
}

extension BotoStage {
    /// Creates a target group that finds out about its targets quickly.
    ///
    /// - Parameter deregistrationDelay: in seconds of the cloud.
    func createQuickTargetGroup(
        _ name: String, deregistrationDelay: Int = 5, healthCheckPath: String = "/healthz"
    ) async throws -> AttributeValue {
        let group = try await createTargetGroup(name)
        try await boto3(
            "elbv2", "modify_target_group",
            [
                "TargetGroupArn": group, "HealthCheckPath": .string(healthCheckPath), "HealthCheckIntervalSeconds": 5,
                "HealthCheckTimeoutSeconds": 4, "HealthyThresholdCount": 2, "UnhealthyThresholdCount": 2,
            ])
        try await boto3(
            "elbv2", "modify_target_group_attributes",
            [
                "TargetGroupArn": group,
                "Attributes": [
                    [
                        "Key": "deregistration_delay.timeout_seconds", "Value": .string("\(deregistrationDelay)"),
                    ]
                ],
            ])
        return group
    }
}
