import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// The life of manifests/hello, on an API that checks signatures and whose tasks are containers.
    @Suite struct HelloStoryTests {
        @Test(
            "Applied, changed, scaled, reduced and destroyed, with requests answered all the while",
            Ministack.isInstalled())
        func story() async throws {
            try await ContainerEngine.run(helloTags: ["1.0", "2.0"]) { engine in
                try await Ministack.run(authenticating: true, engine: engine) { ministack in
                    try await Workplace.with("hello", on: ministack.access) { place in
                        try place.edit("task-definition.yaml", "reconcile/hello", "registry.example/hello:1.0")
                        let name = try await applies(place, ministack)
                        try await deploys(place, ministack, dnsName: name)
                        try await scales(place)
                        try await changesHealthCheck(place)
                        try await removesService(place)
                        try await destroys(place)
                    }
                }
            }
        }
    }
}

/// One batch of everything: see ``EndToEndTests/CallCountTests`` for the arithmetic.
private let planOfHello: AttributeValue = [
    "ec2:DescribeVpcs": 1, "ec2:DescribeSubnets": 1, "ecs:DescribeClusters": 1, "ecs:DescribeServices": 1,
    "elbv2:DescribeLoadBalancers": 1, "elbv2:DescribeTargetGroups": 1, "elbv2:DescribeListeners": 1,
    "elbv2:DescribeTags": 3,
]

private func applies(_ place: Workplace, _ ministack: Ministack) async throws -> String {
    let plan = try await place.reconcile("plan", "--detailed-exitcode", "-o", "json").expect(status: 2)
    #expect(try plan.json["steps"].strings("id").count == 8)
    let applied = try await place.reconcile("apply", "--yes", "-o", "json").expect(status: 0)
    let calls = try #require(try applied.events.last?["calls"]?.mapValue)
    #expect(
        calls.filter { !$0.key.contains(":Describe") } == [
            "ecs:CreateCluster": 1, "ecs:RegisterTaskDefinition": 1, "elbv2:CreateLoadBalancer": 1,
            "elbv2:CreateTargetGroup": 1, "elbv2:CreateListener": 1, "ecs:CreateService": 1,
        ])

    try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
    let again = try await place.reconcile("apply", "--yes", "-o", "json").expect(status: 0)
    #expect(try again.events.last?["calls"] == planOfHello)
    let status = try await place.reconcile("status", "-o", "json").expect(status: 0)
    #expect(try Set(status.json["resources"].strings("phase")) == ["final"])

    let balancers = try await place.aws("elbv2", "describe-load-balancers")["LoadBalancers"]
    let name = try #require(balancers?[0]?["DNSName"]?.stringValue)
    let answer = try await ministack.get(from: name)
    #expect(answer.body.hasPrefix("hello 1.0 from "))
    return name
}

private func deploys(_ place: Workplace, _ ministack: Ministack, dnsName: String) async throws {
    try place.edit("task-definition.yaml", "hello:1.0", "hello:2.0")
    let plan = try await place.reconcile("plan", "--detailed-exitcode").expect(status: 2)
    #expect(plan.output.contains("register task definition web"))
    #expect(plan.output.contains("[tasks roll]"))

    let (applied, traffic) = try await Traffic.run {
        try await ministack.get(from: dnsName)
    } during: {
        try await place.reconcile("apply", "--yes")
    }
    applied.expect(status: 0)
    // One was seen to wait for ten seconds at ministack, which promises nothing while it removes containers; that no
    // request fails is shown on the local cloud.
    #expect(traffic.failures.count <= 1, "\(traffic.failures)")
    #expect(traffic.answers > 0)
    let answer = try await ministack.get(from: dnsName)
    #expect(answer.body.hasPrefix("hello 2.0 from "))
    try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
}

private func scales(_ place: Workplace) async throws {
    try place.edit("service.yaml", "desiredCount: 2", "desiredCount: 3")
    let plan = try await place.reconcile("plan").expect(status: 0)
    #expect(!plan.output.contains("[tasks roll]"))
    try await place.reconcile("apply", "--yes").expect(status: 0)
    let tasks = try await place.aws("ecs", "list-tasks", "--cluster", "hello")
    #expect(tasks["taskArns"]?.listValue?.count == 3)
}

private func changesHealthCheck(_ place: Workplace) async throws {
    try place.edit("target-group.yaml", "healthCheckPath: /healthz", "healthCheckPath: /")
    try await place.reconcile("apply", "--yes").expect(status: 0)
    let groups = try await place.aws("elbv2", "describe-target-groups")["TargetGroups"]
    #expect(groups.strings("HealthCheckPath") == ["/"])
}

/// The service goes with what only it needs: its task definition, and the listener that forwards to its target group.
private func removesService(_ place: Workplace) async throws {
    for file in ["service.yaml", "task-definition.yaml", "listener.yaml", "target-group.yaml"] {
        try place.write(nil, to: file)
    }
    let plan = try await place.reconcile("plan", "-o", "json").expect(status: 0)
    #expect(try plan.json["summary"]?["delete"] == 4)
    try await place.reconcile("apply", "--yes").expect(status: 0)
    let found = try await Inventory(of: place.aws)
    #expect(found == Inventory(clusters: ["hello"], loadBalancers: ["hello"]))
    try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
}

private func destroys(_ place: Workplace) async throws {
    try await place.reconcile("destroy", "--yes").expect(status: 0)
    let found = try await Inventory(of: place.aws)
    #expect(found == .empty)
    try await place.reconcile("destroy", "--yes").expect(status: 0)
}
