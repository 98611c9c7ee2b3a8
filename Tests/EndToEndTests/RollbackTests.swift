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

        @Test(
            "A deadline, another deployment and a wrong answer end an apply each in its way", Ministack.isInstalled())
        func otherEnds() async throws {
            try await ContainerEngine.run(helloTags: ["1.0", "2.0"]) { engine in
                try await Ministack.run(engine: engine) { ministack in
                    try await Workplace.with("hello", on: ministack.access) { place in
                        try place.edit("task-definition.yaml", "reconcile/hello", "registry.example/hello:1.0")
                        try place.edit("service.yaml", "enable: true, rollback: true", "enable: false, rollback: false")
                        try await place.reconcile("apply", "--yes").expect(status: 0)
                        try await overtaken(place)
                        try await answeredOtherwise(place)
                        try await late(place)
                    }
                }
            }
        }

        private func overtaken(_ place: Workplace) async throws {
            try place.edit("task-definition.yaml", "hello:1.0", "hello:2.0")
            async let applied = place.reconcile("apply", "--yes")
            try await eventually("a second deployment") {
                let found = try await place.aws("ecs", "describe-services", "--cluster", "hello", "--services", "web")
                return found["services"]?[0]?["taskDefinition"]?.stringValue?.hasSuffix("web:2") == true
            }
            try await place.aws(
                "ecs", "update-service", "--cluster", "hello", "--service", "web", "--task-definition", "web:1")
            let ended = try await applied.expect(status: 5)
            #expect(ended.errors.contains("another deployment has taken its place"), "\(ended.errors)")
            #expect(ended.output.contains("superseded by another deployment"), "\(ended.output)")
            try await place.reconcile("apply", "--yes").expect(status: 0)
        }

        private func late(_ place: Workplace) async throws {
            try place.edit("task-definition.yaml", "hello:1.0", "hello:missing")
            let ended = try await place.reconcile("apply", "--yes", "--timeout", "6s").expect(status: 4)
            #expect(ended.errors.contains("after 6 s: "), "\(ended.errors)")
        }

        private func answeredOtherwise(_ place: Workplace) async throws {
            let balancers = try await place.aws("elbv2", "describe-load-balancers")["LoadBalancers"]
            let arn = try #require(balancers?[0]?["LoadBalancerArn"]?.stringValue)
            let listeners = try await place.aws("elbv2", "describe-listeners", "--load-balancer-arn", arn)["Listeners"]
            let listener = try #require(listeners?[0]?["ListenerArn"]?.stringValue)
            try await place.aws(
                "elbv2", "create-rule", "--listener-arn", listener, "--priority", "1", "--conditions",
                "Field=path-pattern,Values=/healthz", "--actions",
                "Type=fixed-response,FixedResponseConfig={StatusCode=500}")
            try place.edit("task-definition.yaml", "hello:2.0", "hello:1.0")
            let ended = try await place.reconcile("apply", "--yes", "--timeout", "15s").expect(status: 4)
            #expect(ended.errors.contains("which says 500"), "\(ended.errors)")
            #expect(
                ended.errors.contains("a request through the load balancer is answered with 500"), "\(ended.errors)")
        }
    }
}
