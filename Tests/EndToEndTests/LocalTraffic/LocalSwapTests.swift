import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// A target group takes the place of another one while requests come.
    @Suite struct LocalSwapTests {
        @Test("A target group whose port changes is replaced without a failed request", PythonPrograms.areInstalled())
        func port() async throws {
            try await Workplace.withLocalCloud("hello") { place, cloud in
                try place.edit(
                    "target-group.yaml", "healthCheckPath: /healthz}",
                    "healthCheckPath: /healthz, attributes: {deregistration_delay.timeout_seconds: \"5\"}}")
                try await place.reconcile("apply", "--yes").expect(status: 0)
                let balancers = try await place.aws("elbv2", "describe-load-balancers")["LoadBalancers"]
                let name = try #require(balancers?[0]?["DNSName"]?.stringValue)
                try place.edit("target-group.yaml", "port: 8080", "port: 8081")
                let (applied, traffic) = try await Traffic.run(clients: 2) {
                    try await cloud.get(from: name)
                } during: {
                    try await place.reconcile("apply", "--yes")
                }
                applied.expect(status: 0)
                #expect(traffic.failures == [])
                try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                let groups = try await place.aws("elbv2", "describe-target-groups")["TargetGroups"]?.listValue
                #expect(groups?.map { $0["Port"] } == [8081])
            }
        }
    }
}
