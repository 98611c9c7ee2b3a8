import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    @Suite struct RollbackTests {
        @Test("A deployment that AWS rolls back is no success, and the next one that works is", Ministack.isInstalled())
        func rollback() async throws {
            try await ContainerEngine.run(helloTags: ["1.0", "2.0"]) { engine in
                try await Ministack.run(engine: engine) { ministack in
                    try await Workplace.with("hello", on: ministack.access) { place in
                        try place.edit("task-definition.yaml", "reconcile/hello", "registry.example/hello:1.0")
                        try await place.reconcile("apply", "--yes").expect(status: 0)

                        try place.edit("task-definition.yaml", "hello:1.0", "hello:missing")
                        let failed = try await place.reconcile("apply", "--yes").expect(status: 3)
                        #expect(failed.errors.contains("circuit breaker was triggered"), "\(failed.errors)")
                        let status = try await place.reconcile("status").expect(status: 1)
                        #expect(status.output.contains("web:2 to run in place of web:1"), "\(status.output)")
                        try await place.reconcile("plan", "--detailed-exitcode").expect(status: 2)

                        try place.edit("task-definition.yaml", "hello:missing", "hello:2.0")
                        try await place.reconcile("apply", "--yes").expect(status: 0)
                        try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                        let balancers = try await place.aws("elbv2", "describe-load-balancers")["LoadBalancers"]
                        let name = try #require(balancers?[0]?["DNSName"]?.stringValue)
                        let answer = try await ministack.get(from: name)
                        #expect(answer.body.hasPrefix("hello 2.0 from "))
                    }
                }
            }
        }
    }
}
