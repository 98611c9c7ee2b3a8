import AttributeTree
import Diagnostics
import Manifests
import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("From manifests to AWS and back", .tags(.medium))
struct LifecycleTests {
    @Test(arguments: ["hello", "shop"])
    func `the manifests to try are applied, then there is nothing to do, and destroy leaves nothing`(
        name: String
    ) async throws {
        let setup = Setup()
        let desired = try manifests(name).desired
        let result = try await setup.apply(desired)
        #expect(result.outcome == .succeeded)
        let second = try await setup.plan(desired)
        #expect(second.summaries == [])
        #expect(second.differences == [])
        for row in try await setup.reconciler.status(desired: desired) {
            #expect(row.phase == .final, "\(row)")
        }

        #expect(try await setup.apply(desired, .destroy).outcome == .succeeded)
        #expect(setup.aws.world.isEmpty)
    }

    @Test func `the plan for hello in an empty cloud has the eight steps of the seed flow`() async throws {
        let plan = try await Setup().plan(try manifests("hello").desired)
        #expect(
            plan.steps.map(\.id.description).sorted() == [
                "await Service/web", "configure Listener/http", "create Cluster/hello", "create LoadBalancer/hello",
                "create Service/web", "create TargetGroup/web", "register TaskDefinition/web", "verify Service/web",
            ])
        let summaries = plan.summaries
        #expect(summaries.contains("await tasks registered and healthy in TargetGroup/web"))
        #expect(summaries.contains("verify that LoadBalancer/hello routes a request to them"))
    }

    @Test func `another image is another revision, which the service moves to`() async throws {
        let setup = Setup()
        try await setup.apply(try manifests("hello").desired)
        let changed = try manifests("hello", replacing: ["reconcile/hello": "reconcile/hello:2"]).desired
        let plan = try await setup.plan(changed)
        let changes = plan.changes.filter { $0.action != .keep }
        #expect(changes.map(\.address.description) == ["TaskDefinition/web", "Service/web"])
        #expect(changes.last?.impact == .rollsTasks)
        try await setup.apply(changed)
        #expect(try await setup.plan(changed).summaries == [])
        let service = try #require(setup.aws.world.services.values.first)
        #expect(service["taskDefinition"]?.stringValue?.hasSuffix("web:2") == true)
    }

    @Test func `what others change is drift, and goes back`() async throws {
        let setup = Setup()
        let desired = try manifests("hello").desired
        try await setup.apply(desired)
        setup.aws.change { world in
            for arn in world.targetGroups.keys { world.targetGroups[arn]?["HealthCheckPath"] = "/other" }
        }
        let plan = try await setup.plan(desired)
        #expect(plan.changes.first { $0.address.kind == "TargetGroup" }?.reasons == [.drift(["healthCheckPath"])])
        try await setup.apply(desired)
        #expect(try await setup.plan(desired).summaries == [])
    }

    @Test func `an attribute that leaves the manifest goes back to its default, a tag is taken away`() async throws {
        let setup = Setup()
        try await setup.apply(try manifests("shop").desired)
        let without = try manifests(
            "shop",
            replacing: [
                "\n  attributes: {idle_timeout.timeout_seconds: \"30\"}": "", "\n  tags: {team: shop}": "",
            ]
        ).desired
        setup.aws.forgetCalls()
        try await setup.apply(without)
        let calls = setup.aws.log.filter { $0.contains("Modify") || $0.contains("Tags") && !$0.contains("Describe") }
        #expect(calls.count == 2)
        #expect(calls.contains { $0.contains(#"{"Key":"idle_timeout.timeout_seconds","Value":"60"}"#) })
        #expect(calls.contains { $0.hasPrefix("elbv2:RemoveTags") && $0.contains(#""TagKeys":["team"]"#) })
        #expect(try await setup.plan(without).summaries == [])
    }
}

extension Plan {
    var summaries: [String] { steps.map(\.summary) }
    var differences: [String] {
        changes.flatMap { change in
            change.differences.map {
                "\(change.address) \($0.path) \($0.observed?.jsonText() ?? "-") → \($0.desired?.jsonText() ?? "-")"
            }
        }
    }
}
