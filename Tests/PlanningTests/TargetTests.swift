import Diagnostics
import Planning
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("With --target", .tags(.small))
struct TargetTests {
    private func ids(
        _ world: World, _ text: String, _ target: String, goal: PlanRequest.Goal = .converge
    ) throws -> [String] {
        let target = try #require(ResourceAddress(target))
        return Planner.plan(world.request(manifests(text), goal: goal, targets: [target])).steps.map(\.id.description)
    }

    @Test func `a resource is made with what it depends on`() throws {
        #expect(
            try ids(World(), hello, "Listener/http") == [
                "create LoadBalancer/hello", "create TargetGroup/web", "configure Listener/http",
            ])
    }

    @Test func `a resource is destroyed with what depends on it`() throws {
        var world = World()
        world.apply(world.plan(hello), hello)
        #expect(
            try ids(world, hello, "TargetGroup/web", goal: .destroy) == [
                "delete Service/web", "delete Listener/http", "delete TargetGroup/web",
            ])
    }

    @Test func `what a replaced resource was stays until those that refer to it are planned too`() throws {
        var world = World()
        world.apply(world.plan(hello), hello)
        let changed = hello.replacing("port=8080", with: "port=9090")
        let target = ResourceAddress(kind: "TargetGroup", name: "web")
        let plan = Planner.plan(world.request(manifests(changed), targets: [target]))
        #expect(plan.steps.map(\.id.verb) == [.create])
        world.apply(plan, changed)
        world.apply(world.plan(changed), changed)
        #expect(world.refusals == [])
        #expect(world.plan(changed).isEmpty)
        #expect(world.things.values.count { $0.kind == "TargetGroup" } == 1)
    }

    @Test func `what would be deleted and made again without those that depend on it is refused`() throws {
        var world = World()
        let changed = hello.replacing("Cluster/hello ", with: "Cluster/hello clusterName=other ")
        let target = ResourceAddress(kind: "Cluster", name: "hello")
        world.apply(world.plan(hello), hello)
        let plan = Planner.plan(world.request(manifests(changed), targets: [target]))
        #expect(plan.steps.isEmpty)
        #expect(
            plan.diagnostics.map(\.message) == [
                "Cluster/hello is deleted and made again, and Service/web depends on it and is not among the targets"
            ])
        #expect(plan.diagnostics.map(\.help) == [["add --target Service/web, or leave --target out"]])
        let both = Set([target, ResourceAddress(kind: "Service", name: "web")])
        #expect(Planner.plan(world.request(manifests(changed), targets: both)).diagnostics.isEmpty)
    }

    @Test func `an address that nothing has is an error`() throws {
        let plan = Planner.plan(
            World().request(manifests(hello), targets: [ResourceAddress(kind: "Service", name: "wep")]))
        #expect(plan.diagnostics.map(\.help) == [["did you mean \"Service/web\"?"]])
    }
}
