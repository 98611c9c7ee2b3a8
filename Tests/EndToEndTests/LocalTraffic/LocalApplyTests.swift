import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What `apply` makes of deployments that do not work, and what it says of them.
    @Suite struct LocalApplyTests {
        @Test(
            "A crash-looping image is rolled back: apply ends with 3, says so, and no request fails",
            PythonPrograms.areInstalled())
        func crashLoop() async throws {
            try await Workplace.withLocalCloud("hello") { place, cloud in
                try place.drainQuickly()
                try await place.reconcile("apply", "--yes").expect(status: 0)
                let balancers = try await place.aws("elbv2", "describe-load-balancers")["LoadBalancers"]
                let name = try #require(balancers?[0]?["DNSName"]?.stringValue)
                try place.setVariables(["HELLO_CRASH_AFTER": "0.1", "HELLO_START_DELAY": "10"])
                let (applied, traffic) = try await Traffic.run {
                    try await cloud.get(from: name)
                } during: {
                    try await place.reconcile("apply", "--yes")
                }
                applied.expect(status: 3)
                #expect(traffic.failures == [])
                #expect(applied.errors.contains("circuit breaker"), "\(applied.errors)")
                #expect(applied.errors.contains("rolled back"), "\(applied.errors)")
            }
        }

        @Test(
            "A wrong health check path without a circuit breaker: apply ends with 4 at its deadline, and the right one mends it",
            PythonPrograms.areInstalled())
        func wrongHealthCheckPath() async throws {
            try await Workplace.withLocalCloud("hello") { place, cloud in
                try place.drainQuickly()
                try place.edit("target-group.yaml", "healthCheckPath: /healthz", "healthCheckPath: /nowhere")
                try place.edit(
                    "service.yaml",
                    """
                      deploymentConfiguration:
                        deploymentCircuitBreaker: {enable: true, rollback: true}

                    """, "")
                let applied = try await place.reconcile("apply", "--yes", "--timeout", "6s").expect(status: 4)
                #expect(applied.errors.contains("after 6 s: "), "\(applied.errors)")
                #expect(applied.errors.contains("0 of 2 targets healthy"), "\(applied.errors)")

                try place.edit("target-group.yaml", "healthCheckPath: /nowhere", "healthCheckPath: /healthz")
                try await place.reconcile("apply", "--yes").expect(status: 0)
            }
        }
    }
}
