import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What others do to resources of each kind, behind the back of the program, and what the next plan makes of it.
    @Suite struct MeddlingTests {
        struct Meddling: Sendable {
            /// Of the project and of everything in it.
            var name: String
            var loadBalancer = ""
            var act: @Sendable (Workplace, _ name: String) async throws -> Void
            /// What the plan changes: action, kind and reasons, in the order of the plan.
            var changes: [String]
        }

        private static let deletions = [
            Meddling(
                name: "no-listener",
                act: { place, name in
                    try await place.aws("elbv2", "delete-listener", "--listener-arn", try await place.listener(name))
                }, changes: ["create Listener: disappeared"]),
            Meddling(
                name: "no-balancer",
                act: { place, name in
                    let arn = try await place.loadBalancer(name)
                    try await place.aws("elbv2", "delete-load-balancer", "--load-balancer-arn", arn)
                }, changes: ["create LoadBalancer: disappeared", "create Listener: disappeared"]),
            Meddling(
                name: "no-group",
                act: { place, name in
                    try await place.aws.each([
                        ["elbv2", "delete-listener", "--listener-arn", try await place.listener(name)],
                        ["elbv2", "delete-target-group", "--target-group-arn", try await place.targetGroup(name)],
                    ])
                },
                changes: [
                    "create TargetGroup: disappeared", "create Listener: disappeared",
                    "update Service: dependencyReplaced",
                ]),
            Meddling(
                name: "no-service",
                act: { place, name in
                    try await place.aws("ecs", "delete-service", "--cluster", name, "--service", name, "--force")
                }, changes: ["create Service: disappeared"]),
            Meddling(
                name: "no-cluster",
                act: { place, name in
                    try await place.aws("ecs", "delete-service", "--cluster", name, "--service", name, "--force")
                    try await eventually("an empty cluster") {
                        (try? await place.aws("ecs", "delete-cluster", "--cluster", name)) != nil
                    }
                }, changes: ["create Cluster: disappeared", "create Service: disappeared"]),
        ]

        private static let changes = [
            Meddling(
                name: "other-providers",
                act: { place, name in
                    try await place.aws(
                        "ecs", "put-cluster-capacity-providers", "--cluster", name, "--capacity-providers", "FARGATE",
                        "--default-capacity-provider-strategy", "[]")
                }, changes: ["update Cluster: drift"]),
            Meddling(
                name: "other-attribute",
                loadBalancer: "attributes: {routing.http.drop_invalid_header_fields.enabled: \"false\"}",
                act: { place, name in
                    try await place.aws(
                        "elbv2", "modify-load-balancer-attributes", "--load-balancer-arn",
                        try await place.loadBalancer(name), "--attributes",
                        "Key=routing.http.drop_invalid_header_fields.enabled,Value=true")
                }, changes: ["update LoadBalancer: drift"]),
            Meddling(
                name: "other-path",
                act: { place, name in
                    try await place.aws(
                        "elbv2", "modify-target-group", "--target-group-arn", try await place.targetGroup(name),
                        "--health-check-path", "/")
                }, changes: ["update TargetGroup: drift"]),
            Meddling(
                name: "other-action",
                act: { place, name in
                    try await place.aws(
                        "elbv2", "modify-listener", "--listener-arn", try await place.listener(name),
                        "--default-actions", "Type=fixed-response,FixedResponseConfig={StatusCode=503}")
                }, changes: ["update Listener: drift"]),
            Meddling(
                name: "other-count",
                act: { place, name in try await place.update(name, "--desired-count", "2") },
                changes: ["update Service: drift"]),
            Meddling(
                name: "further-tags",
                act: { place, name in try await place.tag(try await place.owned(name), ["team": "shop"]) }, changes: []),
            Meddling(
                name: "no-tags",
                act: { place, name in try await place.untag(try await place.owned(name)) },
                changes: ["Cluster", "LoadBalancer", "TargetGroup", "Listener", "Service"].map {
                    "keep \($0): untagged"
                }),
        ]

        @Test("What others delete is made again, and nothing else is touched", PythonPrograms.areInstalled())
        func deletions() async throws {
            try await meddle(Self.deletions)
        }

        @Test("What others change is changed back, and tags of others are left alone", PythonPrograms.areInstalled())
        func changes() async throws {
            try await meddle(Self.changes)
        }

        private func meddle(_ rows: [Meddling]) async throws {
            try await LocalEndpoint.run(clockRate: 30) { cloud in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (number, row) in rows.enumerated() {
                        if number >= 6 { try await group.next() }
                        group.addTask { try await meddle(row, on: cloud.access) }
                    }
                    try await group.waitForAll()
                }
            }
        }

        private func meddle(_ row: Meddling, on access: AWSAccess) async throws {
            try await Workplace.with(on: access) { place in
                var scene = Scene(name: row.name)
                scene.loadBalancer = row.loadBalancer
                try place.write(scene.manifest, to: "all.yaml")
                try await place.reconcile("apply", "--yes").expect(status: 0)
                try await row.act(place, row.name)

                let plan = try await place.reconcile("plan", "-o", "json").expect(status: 0).json
                #expect(plan.planned == row.changes, "\(row.name): \(plan["changes"]?.jsonText() ?? "")")
                try await place.reconcile("apply", "--yes").expect(status: 0)
                try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                try await place.reconcile("status").expect(status: 0)
                #expect(try await place.owned(row.name).count == 5, "\(row.name)")
            }
        }

        @Test("What carries another owner's tags is untouched, and said to", PythonPrograms.areInstalled())
        func otherOwner() async throws {
            try await LocalEndpoint.run(clockRate: 30) { cloud in
                try await Workplace.with(on: cloud.access) { place in
                    try place.write(Scene(name: "taken").manifest, to: "all.yaml")
                    try await place.reconcile("apply", "--yes").expect(status: 0)
                    let all = try await place.owned("taken")
                    let theirs = [
                        "reconcile:project": "theirs", "reconcile:environment": "live",
                        "reconcile:address": "TargetGroup/theirs",
                    ]
                    try await place.tag(all, theirs)
                    var before = try await Inventory(of: place.aws)

                    try place.edit("all.yaml", "healthCheckPath: /healthz", "healthCheckPath: /")
                    let applied = try await place.reconcile("apply", "--yes").expect(status: 1)
                    for noun in ["cluster", "load balancer", "target group", "listener", "service"] {
                        #expect(applied.errors.contains("a \(noun) named "), "\(applied.errors)")
                    }
                    let whose = "exists and is not ours: it belongs to TargetGroup/theirs of project theirs"
                    #expect(applied.errors.components(of: whose) == 5, "\(applied.errors)")

                    let destroyed = try await place.reconcile("destroy", "--yes").expect(status: 0)
                    #expect(destroyed.errors.components(of: "and is left alone") == 5, "\(destroyed.errors)")
                    before.revisions = []
                    #expect(try await Inventory(of: place.aws) == before)
                    #expect(try await place.owned("theirs").count == 5)
                }
            }
        }
    }
}

extension AttributeValue {
    /// Of a plan: what is changed, or has reasons.
    fileprivate var planned: [String] {
        (self["changes"]?.listValue ?? []).compactMap { change in
            let reasons = (change["reasons"]?.listValue ?? []).compactMap(\.stringValue)
            guard change["action"] != "keep" || !reasons.isEmpty else { return nil }
            let words = reasons.map { $0.split(separator: ":")[0] }.joined(separator: ", ")
            let kind = change["address"]?.stringValue?.split(separator: "/")[0] ?? ""
            return "\(change["action"]?.stringValue ?? "") \(kind): \(words)"
        }
    }
}

extension String {
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}

extension Workplace {
    /// The ARNs of what carries a project's owner tags, revisions of task definitions aside: one that a service runs is
    /// not asked about.
    fileprivate func owned(_ project: String) async throws -> [String] {
        let found = try await aws(
            "resourcegroupstaggingapi", "get-resources", "--tag-filters", "Key=reconcile:project,Values=\(project)")
        return found["ResourceTagMappingList"].strings("ResourceARN").filter { !$0.contains(":task-definition/") }
    }

    fileprivate func tag(_ arns: [String], _ tags: [String: String]) async throws {
        let (ecs, elb) = (
            tags.map { "key=\($0.key),value=\($0.value)" }, tags.map { "Key=\($0.key),Value=\($0.value)" }
        )
        try await aws.each(
            arns.map { arn in
                arn.hasPrefix("arn:aws:ecs:")
                    ? ["ecs", "tag-resource", "--resource-arn", arn, "--tags"] + ecs
                    : ["elbv2", "add-tags", "--resource-arns", arn, "--tags"] + elb
            })
    }

    /// Takes the owner's tags away.
    fileprivate func untag(_ arns: [String]) async throws {
        let keys = ["reconcile:project", "reconcile:environment", "reconcile:address"]
        try await aws.each(
            arns.map { arn in
                arn.hasPrefix("arn:aws:ecs:")
                    ? ["ecs", "untag-resource", "--resource-arn", arn, "--tag-keys"] + keys
                    : ["elbv2", "remove-tags", "--resource-arns", arn, "--tag-keys"] + keys
            })
    }
}
