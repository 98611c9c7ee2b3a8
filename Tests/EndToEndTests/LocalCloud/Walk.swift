import AttributeTree
import TestBackends
import Testing

/// The life of a service `web` in the cluster `walk`, behind a load balancer, as boto3 lives it.
///
/// The time stands still while something is said not to be yet, and runs while it is waited for.
struct Walk: Sendable {
    /// AWS's draining of 300 seconds takes five.
    static let rate = 60.0

    private let stage: BotoStage
    private let balancer: BotoStage.Balancer
    private let targetGroup: AttributeValue
    private let listener: AttributeValue

    /// What a waiter of boto3 waits for.
    private struct Wait {
        var service: String
        var waiter: String
        var parameters: AttributeValue

        init(_ service: String, _ waiter: String, _ parameters: AttributeValue) {
            self.service = service
            self.waiter = waiter
            self.parameters = parameters
        }
    }

    /// Makes all that a service behind a load balancer needs.
    init(_ stage: BotoStage) async throws {
        self.stage = stage
        try await stage.boto3("ecs", "create_cluster", ["clusterName": "walk"])
        try await stage.register(BotoStage.hello())
        targetGroup = try await stage.createTargetGroup("web")
        balancer = try await stage.createLoadBalancer("front")
        listener = try await stage.createListener(of: balancer, to: targetGroup)
        let about: AttributeValue = ["StatusCode": "200", "MessageBody": "a walk", "ContentType": "text/plain"]
        try await stage.boto3(
            "elbv2", "create_rule",
            [
                "ListenerArn": listener, "Priority": 1,
                "Conditions": [["Field": "path-pattern", "Values": ["/about"]]],
                "Actions": [["Type": "fixed-response", "FixedResponseConfig": about]],
            ])
        try await wait([Wait("elbv2", "load_balancer_available", ["LoadBalancerArns": [balancer.arn]])])
        #expect(try await get("/about").body == "a walk")
        #expect(try await get().status == 503, "there is no target")
    }

    func createService() async throws {
        let balanced: AttributeValue = ["targetGroupArn": targetGroup, "containerName": "app", "containerPort": 8080]
        let breaker: AttributeValue = ["deploymentCircuitBreaker": ["enable": true, "rollback": true]]
        try await whileTimeStandsStill {
            try await stage.boto3(
                "ecs", "create_service",
                stage.service.but(["loadBalancers": [balanced], "deploymentConfiguration": breaker]))
        }
        let tasks = try await tasks()
        try await wait([
            Wait("ecs", "tasks_running", tasks), Wait("ecs", "services_stable", service),
            Wait("elbv2", "target_in_service", ["TargetGroupArn": targetGroup]),
        ])
        let answers = [try await get(), try await get()]
        #expect(answers.allSatisfy { $0.status == 200 && $0.body.contains("(version 1)") }, "\(answers)")
        #expect(Set(answers.map(\.body)).count == 2, "two requests are answered by two tasks")
    }

    func update() async throws {
        try await deploy(["VERSION": "2"])
        #expect(try await get().body.contains("(version 2)"))
        #expect(try await describeService()["deployments"]?.listValue?.map { $0["rolloutState"] } == ["COMPLETED"])
        #expect(try await serviceDeployments() == ["SUCCESSFUL", "SUCCESSFUL"])
    }

    /// A revision whose health check fails gives way to the one before.
    func rollBack() async throws {
        try await deploy(["VERSION": "3", "HELLO_HEALTH": "fail"])
        #expect(try await get().body.contains("(version 2)"))
        let service = try await describeService()
        #expect(service["taskDefinition"]?.stringValue?.hasSuffix("hello:2") == true)
        #expect(try await serviceDeployments() == ["ROLLBACK_SUCCESSFUL", "SUCCESSFUL", "SUCCESSFUL"])
        let events = service["events"]?.listValue?.compactMap { $0["message"]?.stringValue } ?? []
        #expect(events.contains { $0.contains("rolling back to deployment") }, "\(events)")
    }

    func scale() async throws {
        try await whileTimeStandsStill { try await scale(to: 3) }
        try await wait([Wait("ecs", "services_stable", service)])
        #expect(try await describeService()["runningCount"] == 3)
        // Tasks too many are told to stop at once.
        try await scale(to: 1)
        try await stage.boto3.wait("ecs", until: "services_stable", service)
        #expect(try await tasks()["tasks"]?.listValue?.count == 1)
    }

    private func scale(to count: AttributeValue) async throws {
        try await stage.boto3("ecs", "update_service", ["cluster": "walk", "service": "web", "desiredCount": count])
    }

    func delete() async throws {
        let targets = try await stage.boto3(
            "elbv2", "describe_target_health", ["TargetGroupArn": targetGroup])["TargetHealthDescriptions"]
        let healthy = targets?.listValue?.first { $0["TargetHealth"]?["State"] == "healthy" }?["Target"]
        let tasks = try await tasks()
        try await whileTimeStandsStill {
            try await stage.boto3("ecs", "delete_service", ["cluster": "walk", "service": "web", "force": true])
        }
        try await wait([
            Wait("elbv2", "target_deregistered", ["TargetGroupArn": targetGroup, "Targets": [healthy ?? .null]]),
            Wait("ecs", "tasks_stopped", tasks), Wait("ecs", "services_inactive", service),
        ])
        let deletion = Boto3.Call("elbv2", "delete_load_balancer", ["LoadBalancerArn": balancer.arn])
        try await wait([Wait("elbv2", "load_balancers_deleted", ["LoadBalancerArns": [balancer.arn]])], after: deletion)
        try await stage.boto3("elbv2", "delete_target_group", ["TargetGroupArn": targetGroup])
        try await stage.boto3("ecs", "delete_cluster", ["cluster": "walk"])
        for revision in 1...3 {
            try await stage.boto3(
                "ecs", "deregister_task_definition", ["taskDefinition": .string("hello:\(revision)")])
        }
    }
}

extension Walk {
    private var service: AttributeValue { ["cluster": "walk", "services": ["web"]] }

    /// Registers a revision and waits until the service is stable with it or without it; no request fails.
    private func deploy(_ environment: [String: String]) async throws {
        let revision = try await stage.register(BotoStage.hello(environment))
        try await whileTimeStandsStill {
            try await stage.boto3(
                "ecs", "update_service", ["cluster": "walk", "service": "web", "taskDefinition": revision])
        }
        let (_, traffic) = try await Traffic.run {
            try await get()
        } during: {
            try await wait([Wait("ecs", "services_stable", service)])
        }
        #expect(traffic.failures == [])
    }

    private func whileTimeStandsStill(_ body: () async throws -> Void) async throws {
        try await stage.setTime(rate: 0)
        try await body()
    }

    /// Nothing of this is so yet; then all of it, as time goes on or after a call.
    private func wait(_ waits: [Wait], after call: Boto3.Call? = nil) async throws {
        for wait in waits {
            let holds = try await stage.boto3.holds(wait.service, wait.waiter, wait.parameters)
            #expect(!holds, "\(wait.waiter)")
        }
        if let call { try await stage.boto3(call) }
        try await stage.setTime(rate: Self.rate)
        for wait in waits { try await stage.boto3.wait(wait.service, until: wait.waiter, wait.parameters) }
    }

    private func get(_ path: String = "/") async throws -> LoopbackRequest.Answer {
        try await stage.cloud.get(path, from: balancer.name)
    }

    private func describeService() async throws -> AttributeValue {
        try await stage.boto3("ecs", "describe_services", service)["services"]?[0] ?? .null
    }

    /// Those that should run, as one asks for them.
    private func tasks() async throws -> AttributeValue {
        let arns = try await stage.boto3("ecs", "list_tasks", ["cluster": "walk", "serviceName": "web"])["taskArns"]
        return ["cluster": "walk", "tasks": arns ?? []]
    }

    /// How each ended, newest first.
    private func serviceDeployments() async throws -> [String] {
        let found = try await stage.boto3("ecs", "list_service_deployments", ["cluster": "walk", "service": "web"])
        return (found["serviceDeployments"]?.listValue ?? []).compactMap { $0["status"]?.stringValue }
    }
}
