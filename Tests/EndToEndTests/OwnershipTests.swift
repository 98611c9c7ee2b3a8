import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    @Suite struct OwnershipTests {
        @Test("What others made is refused by name, and then adopted", Ministack.isInstalled())
        func adoption() async throws {
            try await Ministack.run { ministack in
                try await Workplace.with("hello", on: ministack.access) { place in
                    try place.leaveTargetGroupAlone()
                    try await place.aws("ecs", "create-cluster", "--cluster-name", "hello")
                    try await place.aws(
                        "elbv2", "create-target-group", "--name", "web", "--protocol", "HTTP", "--port", "8080",
                        "--target-type", "ip", "--vpc-id", "vpc-00000001", "--health-check-path", "/theirs")

                    let refused = try await place.reconcile("apply", "--yes").expect(status: 1)
                    #expect(refused.errors.contains("a cluster named \"hello\" exists and is not ours"))
                    #expect(refused.errors.contains("run with --adopt TargetGroup/web"), "\(refused.errors)")
                    let found = try await Inventory(of: place.aws)
                    #expect(found == Inventory(clusters: ["hello"], targetGroups: ["web"]))

                    try await adopts(place)
                    try await place.reconcile("destroy", "--yes").expect(status: 0)
                    let left = try await Inventory(of: place.aws)
                    #expect(left == .empty)
                }
            }
        }

        private func adopts(_ place: Workplace) async throws {
            let adopt = ["--adopt", "Cluster/hello", "--adopt", "TargetGroup/web"]
            let plan = try await place.reconcile(["plan", "-o", "json"] + adopt).expect(status: 0).json
            let changes = plan["changes"]?.listValue ?? []
            let adopted = changes.filter { $0["reasons"]?.listValue?.contains("adopted") == true }
            #expect(AttributeValue.list(adopted).strings("address") == ["Cluster/hello", "TargetGroup/web"])

            try await place.reconcile(["apply", "--yes"] + adopt).expect(status: 0)
            try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
            let found = try await Inventory(of: place.aws)
            #expect(found == .hello)
            let group = try await place.aws("elbv2", "describe-target-groups")["TargetGroups"]?[0]
            #expect(group?["HealthCheckPath"] == "/healthz")
            let arn = try #require(group?["TargetGroupArn"]?.stringValue)
            let tags = try await place.aws("elbv2", "describe-tags", "--resource-arns", arn)["TagDescriptions"]?[0]?[
                "Tags"]
            #expect(tags?.listValue?.contains(["Key": "reconcile:address", "Value": "TargetGroup/web"]) == true)
        }

        @Test("--target takes a resource and what it depends on", Ministack.isInstalled())
        func targets() async throws {
            try await Ministack.run { ministack in
                try await Workplace.with("hello", on: ministack.access) { place in
                    try place.leaveTargetGroupAlone()
                    try await place.reconcile("apply", "--yes", "--target", "Service/web").expect(status: 0)
                    var found = try await Inventory(of: place.aws)
                    #expect(found == Inventory(clusters: ["hello"], services: ["web"], revisions: ["web:1"]))

                    let plan = try await place.reconcile("plan", "-o", "json").expect(status: 0)
                    #expect(try plan.json["summary"]?["create"] == 3)
                    let unknown = try await place.reconcile("plan", "--target", "Service/wep").expect(status: 1)
                    #expect(unknown.errors.contains("did you mean \"Service/web\"?"), "\(unknown.errors)")

                    try await place.reconcile("apply", "--yes").expect(status: 0)
                    try await place.reconcile("destroy", "--yes", "--target", "Listener/http").expect(status: 0)
                    found = try await Inventory(of: place.aws)
                    var rest = Inventory.hello
                    rest.listeners = []
                    #expect(found == rest)
                    try await place.reconcile("apply", "--yes", "--timeout", "20s").expect(status: 0)
                }
            }
        }
    }
}
