import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What others change and delete.
    @Suite struct DriftTests {
        @Test("Drift is told as such and repaired; what was deleted is made again", Ministack.isInstalled())
        func drift() async throws {
            try await Ministack.run { ministack in
                try await Workplace.with("hello", on: ministack.access) { place in
                    try place.leaveTargetGroupAlone()
                    try place.edit(
                        "target-group.yaml", "healthCheckPath: /healthz",
                        "healthCheckPath: /healthz, attributes: {deregistration_delay.timeout_seconds: \"30\"}")
                    try await place.reconcile("apply", "--yes").expect(status: 0)

                    try await repairs(place, try await targetGroup(place))
                    try await makesAgain(place, try await targetGroup(place))
                }
            }
        }

        private func repairs(_ place: Workplace, _ group: String) async throws {
            try await place.aws(
                "elbv2", "modify-target-group", "--target-group-arn", group, "--health-check-path", "/other")
            try await place.aws(
                "elbv2", "modify-target-group-attributes", "--target-group-arn", group, "--attributes",
                "Key=deregistration_delay.timeout_seconds,Value=99")

            let shown = try await place.reconcile("plan").expect(status: 0)
            #expect(shown.output.contains("healthCheckPath: /other → /healthz"), "\(shown.output)")
            #expect(shown.output.contains("changed outside of reconcile"))
            let plan = try await place.reconcile("plan", "-o", "json").expect(status: 0).json
            let changes = (plan["changes"]?.listValue ?? []).filter { $0["action"] != "keep" }
            #expect(changes.map { $0["address"] } == ["TargetGroup/web"])
            #expect(changes.first?["reasons"] == ["drift"])
            #expect(
                changes.first?["differences"] == [
                    [
                        "path": "healthCheckPath", "recorded": "/healthz", "observed": "/other",
                        "desired": "/healthz",
                    ],
                    [
                        "path": "attributes.deregistration_delay.timeout_seconds", "recorded": "30",
                        "observed": "99", "desired": "30",
                    ],
                ])

            try await place.reconcile("apply", "--yes").expect(status: 0)
            let found = try await place.aws("elbv2", "describe-target-groups")["TargetGroups"]?[0]
            #expect(found?["HealthCheckPath"] == "/healthz")
            let attributes = try await place.aws(
                "elbv2", "describe-target-group-attributes", "--target-group-arn", group)["Attributes"]
            let delay = attributes?.listValue?.first { $0["Key"] == "deregistration_delay.timeout_seconds" }
            #expect(delay?["Value"] == "30")
            try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
        }

        private func makesAgain(_ place: Workplace, _ group: String) async throws {
            let balancer = try await place.aws("elbv2", "describe-load-balancers")["LoadBalancers"]?[0]
            let arn = try #require(balancer?["LoadBalancerArn"]?.stringValue)
            try await place.aws("ecs", "delete-service", "--cluster", "hello", "--service", "web", "--force")
            let listeners = try await place.aws("elbv2", "describe-listeners", "--load-balancer-arn", arn)["Listeners"]
            let listener = try #require(listeners?[0]?["ListenerArn"]?.stringValue)
            try await place.aws("elbv2", "delete-listener", "--listener-arn", listener)
            try await place.aws("elbv2", "delete-load-balancer", "--load-balancer-arn", arn)
            try await place.aws("elbv2", "delete-target-group", "--target-group-arn", group)

            let plan = try await place.reconcile("plan", "-o", "json").expect(status: 0).json
            let created = (plan["changes"]?.listValue ?? []).filter { $0["action"] == "create" }
            #expect(
                AttributeValue.list(created).strings("address")
                    == ["Listener/http", "LoadBalancer/hello", "Service/web", "TargetGroup/web"])
            #expect(Set(created.map { $0["reasons"] }) == [["disappeared"]])

            try await place.reconcile("apply", "--yes").expect(status: 0)
            let found = try await Inventory(of: place.aws)
            #expect(found == .hello)
            try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
        }

        private func targetGroup(_ place: Workplace) async throws -> String {
            let groups = try await place.aws("elbv2", "describe-target-groups")["TargetGroups"]
            return try #require(groups?[0]?["TargetGroupArn"]?.stringValue)
        }
    }
}
