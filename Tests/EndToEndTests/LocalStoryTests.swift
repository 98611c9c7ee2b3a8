import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// The life of manifests/hello on the local cloud: what ``HelloStoryTests`` tells of an API that others wrote, and
    /// what only this one shows, as its deployments wait for health and its refusals are AWS's.
    @Suite struct LocalStoryTests {
        @Test(
            "Applied, changed, scaled, reduced and destroyed on the local cloud, with every request answered",
            PythonPrograms.areInstalled())
        func story() async throws {
            try await Workplace.withLocalCloud("hello") { place, cloud in
                let name = try await applies(place, cloud)
                try await deploys(place, cloud, dnsName: name)
                try await scales(place)
                try await changesHealthCheck(place)
                try await removesService(place)
                try await destroys(place)
            }
        }

        @Test(
            "A deployment that the circuit breaker rolls back is no success, and nobody notices",
            PythonPrograms.areInstalled())
        func rollback() async throws {
            try await Workplace.withLocalCloud("hello") { place, cloud in
                let name = try await applies(place, cloud)
                try place.setVariable("HELLO_HEALTH", to: "fail")
                let (failed, traffic) = try await Traffic.run {
                    try await cloud.get(from: name)
                } during: {
                    try await place.reconcile("apply", "--yes")
                }
                failed.expect(status: 3)
                #expect(failed.errors.contains("circuit breaker"), "\(failed.errors)")
                #expect(traffic.failures == [])
                try await place.reconcile("status").expect(status: 1)
            }
        }

        @Test("manifests/shop is served, with requests shared by weight, and destroyed", PythonPrograms.areInstalled())
        func shop() async throws {
            try await Workplace.withLocalCloud("shop") { place, cloud in
                var place = place
                place.reconcile.environment["RECONCILE_VAR_image"] = "reconcile/hello:1.0"
                try await place.reconcile("apply", "--yes").expect(status: 0)
                try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                try await place.reconcile("status").expect(status: 0)
                try await place.reconcile("destroy", "--yes").expect(status: 0)
                let left = try await Inventory(of: place.aws)
                #expect(left == .empty)
            }
        }
    }
}

private func applies(_ place: Workplace, _ cloud: LocalEndpoint) async throws -> String {
    let plan = try await place.reconcile("plan", "--detailed-exitcode", "-o", "json").expect(status: 2)
    #expect(try plan.json["steps"].strings("id").count == 8)
    try await place.reconcile("apply", "--yes").expect(status: 0)
    try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
    let status = try await place.reconcile("status", "-o", "json").expect(status: 0)
    #expect(try Set(status.json["resources"].strings("phase")) == ["final"])
    let found = try await Inventory(of: place.aws)
    #expect(found == .hello)

    let balancers = try await place.aws("elbv2", "describe-load-balancers")["LoadBalancers"]
    let name = try #require(balancers?[0]?["DNSName"]?.stringValue)
    let answers = [try await cloud.get(from: name), try await cloud.get(from: name)]
    #expect(Set(answers.map(\.body)).count == 2, "two requests are answered by two tasks")
    #expect(answers.allSatisfy { $0.body.contains("(version 1)") })
    return name
}

private func deploys(_ place: Workplace, _ cloud: LocalEndpoint, dnsName: String) async throws {
    try place.setVariable("VERSION", to: "2")
    let plan = try await place.reconcile("plan", "--detailed-exitcode").expect(status: 2)
    #expect(plan.output.contains("[tasks roll]"))
    let (applied, traffic) = try await Traffic.run {
        try await cloud.get(from: dnsName)
    } during: {
        try await place.reconcile("apply", "--yes")
    }
    applied.expect(status: 0)
    #expect(traffic.failures == [])
    #expect(traffic.answers > 0)
    let answer = try await cloud.get(from: dnsName)
    #expect(answer.body.contains("(version 2)"))
    try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
}

private func scales(_ place: Workplace) async throws {
    try place.edit("service.yaml", "desiredCount: 2", "desiredCount: 3")
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

private func removesService(_ place: Workplace) async throws {
    for file in ["service.yaml", "task-definition.yaml", "listener.yaml", "target-group.yaml"] {
        try place.write(nil, to: file)
    }
    try await place.reconcile("apply", "--yes").expect(status: 0)
    let found = try await Inventory(of: place.aws)
    #expect(found == Inventory(clusters: ["hello"], loadBalancers: ["hello"]))
}

private func destroys(_ place: Workplace) async throws {
    try await place.reconcile("destroy", "--yes").expect(status: 0)
    let found = try await Inventory(of: place.aws)
    #expect(found == .empty)
    try await place.reconcile("destroy", "--yes").expect(status: 0)
}

extension Workplace {
    /// Gives the container of hello a variable.
    func setVariable(_ name: String, to value: String) throws {
        try setVariables([name: value])
    }

    /// Gives the container of hello, which has none, variables.
    func setVariables(_ variables: [String: String]) throws {
        let list = variables.sorted { $0.key < $1.key }.map { "{name: \($0.key), value: \"\($0.value)\"}" }
        try edit(
            "task-definition.yaml", "      portMappings:",
            "      environment: [\(list.joined(separator: ", "))]\n      portMappings:")
    }
}
