import AttributeTree
import Diagnostics
import Planning
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("What is not ours", .tags(.small))
struct OwnershipTests {
    private static let text = "Cluster/hello tags={\"a\":\"1\"}"
    private static let address = ResourceAddress(kind: "Cluster", name: "hello")
    private static let theirs = Ownership(
        owner: Owner(project: "bank", environment: "live"), address: ResourceAddress(kind: "Cluster", name: "vault"))

    /// A world in which the cluster exists, recorded or not, with these tags.
    private func world(owner: Ownership?, isRecorded: Bool = false) -> World {
        var world = World()
        world.apply(world.plan(Self.text), Self.text)
        for id in world.things.keys { world.things[id]?.owner = owner }
        if !isRecorded { world.state.resources = [:] }
        return world
    }

    private var ours: Ownership { Ownership(owner: World.owner, address: Self.address) }

    @Test func `is never changed, and the plan says whose it is`() {
        let plan = world(owner: Self.theirs).plan(Self.text)
        #expect(plan.steps.isEmpty)
        #expect(
            plan.diagnostics == [
                Diagnostic(
                    .error,
                    "a cluster named \"hello\" exists and is not ours: "
                        + "it belongs to Cluster/vault of project bank, environment live",
                    at: SourceRange(start: Place(file: "m.yaml", line: 1, column: 1)),
                    help: ["to take it over, run with --adopt Cluster/hello", "or give Cluster/hello another name"])
            ])
    }

    @Test func `may have no tags at all`() {
        #expect(
            world(owner: nil).plan(Self.text).diagnostics.map(\.message) == [
                "a cluster named \"hello\" exists and is not ours: its tags do not say whose it is"
            ])
    }

    @Test func `is refused although it is recorded, when its tags say that others have taken it`() {
        #expect(world(owner: Self.theirs, isRecorded: true).plan(Self.text).diagnostics.hasErrors)
    }

    @Test func `is taken over when that was asked for, and gets our tags`() throws {
        var world = world(owner: Self.theirs)
        let plan = Planner.plan(world.request(manifests(Self.text), adopt: [Self.address]))
        try Snapshot.expect(printed(plan), equals: "Plans/adopt.txt")
        world.apply(plan, Self.text)
        #expect(world.things.values.map(\.owner) == [ours])
        #expect(world.plan(Self.text).isEmpty)
    }

    @Test func `but carries our tags and is not recorded, is recorded again without being asked for`() throws {
        var world = world(owner: ours)
        let changed = "Cluster/hello tags={\"a\":\"2\"}"
        let plan = world.plan(changed)
        try Snapshot.expect(printed(plan), equals: "Plans/unrecorded.txt")
        world.apply(plan, changed)
        #expect(world.plan(changed).isEmpty)
    }

    @Test func `is recorded again after the state was lost, what others refer to first, and nothing is changed`() {
        let text = """
            TargetGroup/web port=80
            LoadBalancer/front
            Listener/http loadBalancer=front defaultActions=[{"type":"forward","targetGroup":"web"}]
            """
        var world = World()
        world.apply(world.plan(text), text)
        let things = world.things
        world.state.resources = [:]
        let plan = world.plan(text)
        #expect(
            plan.steps.map(\.id.description) == [
                "adopt LoadBalancer/front", "adopt TargetGroup/web", "adopt Listener/http",
            ])
        #expect(plan.steps.last?.after.count == 2)
        world.apply(plan, text)
        #expect(world.things == things)
        #expect(world.plan(text).isEmpty)
    }

    @Test func `is adopted under another address without being deleted under the one it had`() {
        var world = world(owner: ours, isRecorded: true)
        let renamed = "Cluster/other clusterName=hello tags={\"a\":\"1\"}"
        let plan = Planner.plan(
            world.request(manifests(renamed), adopt: [ResourceAddress(kind: "Cluster", name: "other")]))
        #expect(
            plan.steps.map(\.id.description) == ["adopt Cluster/other", "forget Cluster/hello"])
        world.apply(plan, renamed)
        #expect(world.things.count == 1)
        #expect(world.plan(renamed).isEmpty)
    }

    @Test func `gets its tags back when somebody has taken them away`() {
        var world = world(owner: nil, isRecorded: true)
        let plan = world.plan(Self.text)
        #expect(plan.steps.map(\.id.description) == ["adopt Cluster/hello"])
        #expect(plan.steps.first?.summary == "tag cluster hello")
        #expect(plan.changes.first?.reasons == [.untagged])
        world.apply(plan, Self.text)
        #expect(world.things.values.map(\.owner) == [ours])
        #expect(world.plan(Self.text).isEmpty)
    }

    @Test func `is left alone when it is no longer in the manifests`() {
        var world = world(owner: Self.theirs, isRecorded: true)
        let plan = world.plan("")
        #expect(plan.diagnostics.map(\.severity) == [.warning])
        world.apply(plan, "")
        #expect(world.things.count == 1)
        #expect(world.state.resources.isEmpty)
    }

    @Test func `cannot be adopted under an address that nothing has`() {
        let adopted = ResourceAddress(kind: "Cluster", name: "helo")
        let plan = Planner.plan(World().request(manifests(Self.text), adopt: [adopted]))
        #expect(
            plan.diagnostics == [
                Diagnostic(
                    .error, "--adopt Cluster/helo: neither the manifests nor the state have this resource", at: nil,
                    help: ["did you mean \"Cluster/hello\"?"])
            ])
    }
}
