import Diagnostics
import Planning
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("What is wanted no longer", .tags(.small))
struct RemovalTests {
    private func applied(_ text: String) -> World {
        var world = World()
        world.apply(world.plan(text), text)
        return world
    }

    private func ids(_ plan: Plan) -> [String] { plan.steps.map(\.id.description) }

    @Test func `is not deleted while it is protected`() {
        let plan = applied("Cluster/a protect\nCluster/b").plan("Cluster/b")
        #expect(plan.steps.isEmpty)
        #expect(plan.diagnostics.map(\.message) == ["Cluster/a is protected and would be deleted"])
    }

    @Test func `is not destroyed while it is protected, at the place of its manifest`() {
        let plan = applied("Cluster/a protect").plan("Cluster/a protect", goal: .destroy)
        #expect(plan.steps.isEmpty)
        #expect(plan.diagnostics.map(\.range?.start.line) == [1])
    }

    @Test func `is not replaced while it is protected, at the place of the field that cannot change`() {
        let plan = applied("TargetGroup/a port=1 protect").plan("TargetGroup/a port=2 protect")
        #expect(plan.steps.isEmpty)
        #expect(
            plan.diagnostics.map(\.message) == [
                "TargetGroup/a is protected and would be replaced: port cannot be changed where it stands"
            ])
        #expect(plan.diagnostics.map(\.range?.start.column) == [10])
    }

    @Test func `may go once protection was taken away, though nothing else was changed`() {
        var world = applied("Cluster/a protect")
        let plan = world.plan("Cluster/a")
        #expect(plan.isEmpty)
        #expect(plan.staleRecords.map(\.description) == ["Cluster/a"])
        world.apply(plan, "Cluster/a")
        #expect(ids(world.plan("")) == ["delete Cluster/a"])
    }

    @Test func `and is gone from the cloud already, is forgotten`() {
        var world = applied("Cluster/a")
        world.things = [:]
        #expect(ids(world.plan("")) == ["forget Cluster/a"])
        #expect(ids(world.plan("", goal: .destroy)) == ["forget Cluster/a"])
    }

    @Test func `but is in the manifests, is made anew and told to those that refer to it`() {
        var world = applied(hello)
        world.things = world.things.filter { $0.value.kind != "TaskDefinition" }
        #expect(
            ids(world.plan(hello)) == [
                "register TaskDefinition/web", "update Service/web", "await Service/web", "verify Service/web",
            ])
    }

    @Test func `is destroyed too when only its tags say that it is ours`() {
        var world = applied("Cluster/a")
        world.state.resources = [:]
        #expect(ids(world.plan("Cluster/a", goal: .destroy)) == ["delete Cluster/a"])
    }

    @Test func `leaves nothing to do where nothing ever was`() {
        #expect(printed(World().plan("Cluster/a", goal: .destroy)) == "Nothing to do: shop in test has no resources.\n")
    }
}
