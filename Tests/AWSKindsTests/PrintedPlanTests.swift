import AttributeTree
import Manifests
import Planning
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("The plan of the manifests to try", .tags(.medium))
struct PrintedPlanTests {
    /// What is done to `manifests/hello`, or to what it has made, before the plan that is read.
    struct Story: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var manifests = "hello"
        var isApplied = true
        var replacing: [String: String] = [:]
        var drift: (@Sendable (inout PocketAWS.World) -> Void)?
        var without: String?
        var goal = PlanRequest.Goal.converge
        var snapshot: String
    }

    @Test(arguments: [
        Story(testDescription: "in an empty cloud", isApplied: false, snapshot: "create"),
        Story(testDescription: "of the shop in an empty cloud", manifests: "shop", isApplied: false, snapshot: "shop"),
        Story(
            testDescription: "with another image, more tasks and another health check",
            replacing: [
                "reconcile/hello": "reconcile/hello:2", "desiredCount: 2": "desiredCount: 3", "/healthz": "/health",
            ], snapshot: "update"),
        Story(
            testDescription: "after others changed what was applied",
            drift: { world in
                for arn in world.targetGroups.keys { world.targetGroups[arn]?["HealthCheckPath"] = "/other" }
                for arn in world.services.keys { world.services[arn]?["desiredCount"] = 5 }
                for arn in world.listeners.keys {
                    world.listeners[arn]?["DefaultActions"] = [
                        ["Type": "fixed-response", "FixedResponseConfig": ["StatusCode": "503"]]
                    ]
                }
            }, snapshot: "drift"),
        Story(
            testDescription: "with another port of the target group",
            replacing: ["port: 8080, targetType": "port: 9090, targetType"], snapshot: "replace"),
        Story(
            testDescription: "without one of the services", manifests: "shop", without: "Service/storefront-next",
            snapshot: "removal"),
        Story(testDescription: "when everything is to go", goal: .destroy, snapshot: "destroy"),
    ])
    func `reads`(_ story: Story) async throws {
        let setup = Setup()
        if story.isApplied { try await setup.apply(try manifests(story.manifests).desired) }
        if let drift = story.drift { setup.aws.change(drift) }
        var desired = try manifests(story.manifests, replacing: story.replacing).desired
        if let without = story.without.flatMap(ResourceAddress.init) {
            desired = DesiredSet(desired.resources.values.filter { $0.address != without })
        }
        let plan = try await setup.plan(desired, story.goal)
        try Snapshot.expect(
            PlanPrinter(style: .plain).text(of: plan, for: Setup.owner), equals: "Plans/\(story.snapshot).txt")
    }
}
