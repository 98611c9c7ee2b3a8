import Planning
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("What an apply that was killed began", .tags(.small))
struct UnfinishedTests {
    /// A world in which everything was made, and these kinds were not seen in their final phase.
    private func world(unfinished: [KindName: Phase]) -> World {
        var world = World()
        world.apply(world.plan(hello), hello)
        for address in world.state.resources.keys {
            world.state.resources[address]?.phase = unfinished[address.kind] ?? .final
        }
        return world
    }

    @Test func `is waited for again`() throws {
        let plan = world(unfinished: ["Service": .created, "LoadBalancer": .configured]).plan(hello)
        try Snapshot.expect(printed(plan), equals: "Plans/unfinished.txt")
        #expect(plan.changes.allSatisfy { $0.action == .keep })
    }

    @Test func `is told to those that still refer to what was replaced, as a replacement and not as drift`() {
        var world = World()
        world.apply(world.plan(hello), hello)
        let changed = hello.replacing("port=8080", with: "port=9090")
        world.apply(world.plan(changed), changed, limit: 1)
        let group = ResourceAddress(kind: "TargetGroup", name: "web")
        #expect(
            world.plan(changed).changes.filter { $0.action == .update }.map(\.reasons) == [
                [.dependencyReplaced(group)], [.dependencyReplaced(group)],
            ])
    }

    @Test func `is waited for again when it had failed`() {
        #expect(
            world(unfinished: ["Listener": .failed]).plan(hello).steps.map(\.id.description) == [
                "await Listener/http"
            ])
    }

    @Test func `is waited for after the change that it needs besides`() {
        let text = hello.replacing("Count=2", with: "Count=3")
        #expect(
            world(unfinished: ["Service": .created]).plan(text).steps.map(\.id.description) == [
                "update Service/web", "await Service/web", "verify Service/web",
            ])
    }
}
