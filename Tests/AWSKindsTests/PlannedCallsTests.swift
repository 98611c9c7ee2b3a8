import AttributeTree
import Manifests
import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("The calls of a plan", .tags(.medium))
struct PlannedCallsTests {
    /// A manifest set of this project, and what is replaced in its text between two applies.
    struct Story: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var manifests: String
        /// Made before the first apply.
        var given: [String: String] = [:]
        var replacing: [String: String] = [:]
    }

    private static let secured = [
        "protocol: HTTP\n  port: 80\n": """
        protocol: HTTPS
          port: 80
          certificates: [{certificate: "arn:aws:acm:1"}, {certificate: "arn:aws:acm:2"}]
          attributes: {routing.http.response.server.enabled: "false"}

        """
    ]

    @Test(arguments: [
        Story(testDescription: "creation and destruction", manifests: "hello"),
        Story(
            testDescription: "creation with what needs calls of its own", manifests: "shop",
            given: secured.merging([
                "\n  tags: {team: shop}":
                    "\n  minimumLoadBalancerCapacity: {capacityUnits: 100}\n"
                    + "  enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: \"on\""
            ]) { $1 }),
        Story(
            testDescription: "another image, more tasks and another health check", manifests: "hello",
            replacing: [
                "reconcile/hello": "reconcile/hello:2", "desiredCount: 2": "desiredCount: 3", "/healthz": "/health",
            ]),
        Story(
            testDescription: "attributes and tags that go", manifests: "shop",
            replacing: [
                "\n  attributes: {idle_timeout.timeout_seconds: \"30\"}": "", "\n  tags: {team: shop}": "",
            ]),
        Story(
            testDescription: "tags of a task definition, which keeps its revision", manifests: "hello",
            given: ["networkMode: awsvpc": "networkMode: awsvpc\n  tags: {a: b}"],
            replacing: ["tags: {a: b}": "tags: {a: c}"]),
        Story(
            testDescription: "capacity providers in place of a launch type", manifests: "hello",
            replacing: ["launchType: FARGATE": "capacityProviderStrategy: [{capacityProvider: FARGATE_SPOT}]"]),
        Story(
            testDescription: "another launch type, for which the service is replaced", manifests: "hello",
            replacing: ["launchType: FARGATE": "launchType: EC2"]),
        Story(
            testDescription: "another port of a target group, which is replaced", manifests: "hello",
            replacing: ["port: 8080, targetType": "port: 9090, targetType"]),
        Story(
            testDescription: "another scheme of a load balancer, which is replaced with its listener",
            manifests: "hello",
            replacing: ["internet-facing": "internal"]),
        Story(
            testDescription: "another name of a cluster, which is replaced with its service", manifests: "hello",
            replacing: ["  capacityProviders:": "  clusterName: other\n  capacityProviders:"]),
        Story(
            testDescription: "tags that change", manifests: "shop",
            replacing: ["\n  tags: {team: shop}": "\n  tags: {owner: shop}"]),
        Story(
            testDescription: "other further certificates", manifests: "shop", given: secured,
            replacing: ["arn:aws:acm:2": "arn:aws:acm:3"]),
        Story(
            testDescription: "a listener that is to speak HTTP", manifests: "shop", given: secured,
            replacing: [
                "HTTPS": "HTTP",
                "  certificates: [{certificate: \"arn:aws:acm:1\"}, {certificate: \"arn:aws:acm:2\"}]\n": "",
            ]),
    ])
    func `are the calls that are made`(_ story: Story) async throws {
        let setup = Setup()
        var desired = try manifests(story.manifests, replacing: story.given).desired
        try await expectPlannedCalls(setup, desired)
        if !story.replacing.isEmpty {
            desired = try manifests(story.manifests, replacing: story.given, then: story.replacing).desired
            try await expectPlannedCalls(setup, desired)
        }
        try await expectPlannedCalls(setup, desired, .destroy)
    }

    @Test func `are those of an adoption too, and none where only the record was lost`() async throws {
        let first = Setup()
        let desired = try manifests("shop").desired
        try await first.apply(desired)
        let other = Setup(aws: first.aws)
        #expect(try await other.plan(desired).steps.flatMap(\.calls) == [])
        let changed = try manifests("shop", replacing: ["team: shop": "team: front"]).desired
        try await expectPlannedCalls(other, changed)

        first.aws.change { world in
            for arn in world.clusters.keys { world.tags[arn] = [:] }
        }
        let adopting = Setup(aws: first.aws, adopt: Set(desired.addresses.filter { $0.kind == "Cluster" }))
        try await expectPlannedCalls(adopting, changed)
    }

    private func expectPlannedCalls(
        _ setup: Setup, _ desired: DesiredSet, _ goal: PlanRequest.Goal = .converge
    ) async throws {
        let planned = try await setup.plan(desired, goal).steps.flatMap(\.calls)
        #expect(planned != [])
        setup.aws.forgetCalls()
        #expect(try await setup.apply(desired, goal).outcome == .succeeded)
        let made = setup.aws.log.compactMap { $0.split(separator: " ").first.map(String.init) }
            .filter { !$0.contains(":Describe") && !$0.contains(":List") }
        #expect(made.sorted() == planned.sorted())
        #expect(try await setup.plan(desired, goal).differences == [])
    }
}
