import Planning
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("Revisions of a task definition", .tags(.small))
struct RevisionTests {
    private static func text(image: Int, keep: Int) -> String {
        """
        Cluster/a
        TaskDefinition/a keepRevisions=\(keep) containerDefinitions=[{"name":"app","image":"i:\(image)"}]
        Service/a cluster=a taskDefinition=a
        """
    }

    /// A world with revisions 1 to `count`, and `keep` earlier ones kept.
    private func world(revisions count: Int, keep: Int) -> World {
        var world = World()
        for image in 1...count {
            let text = Self.text(image: image, keep: keep)
            world.apply(world.plan(text), text)
        }
        return world
    }

    private func steps(_ plan: Plan) -> [String] { plan.steps.map(\.summary) }

    @Test func `are registered only when the content differs, and as many earlier ones are kept as was said`() {
        var world = world(revisions: 2, keep: 1)
        let text = Self.text(image: 3, keep: 1)
        let plan = world.plan(text)
        #expect(
            steps(plan) == [
                "register task definition a", "update service a: taskDefinition", "deregister task definition a:2",
            ])
        world.apply(plan, text)
        #expect(world.things.values.count { $0.kind == "TaskDefinition" } == 2)
    }

    @Test func `are deregistered when fewer are to be kept`() {
        let plan = world(revisions: 3, keep: 2).plan(Self.text(image: 3, keep: 0))
        #expect(steps(plan) == ["deregister task definition a:4", "deregister task definition a:2"])
        #expect(plan.changes.map(\.action) == [.keep, .keep, .keep])
    }

    @Test func `may be of another family`() {
        var world = world(revisions: 1, keep: 1)
        let text = Self.text(image: 1, keep: 1).replacing("keepRevisions", with: "family=b keepRevisions")
        let plan = world.plan(text)
        #expect(steps(plan) == ["register task definition a", "update service a: taskDefinition"])
        world.apply(plan, text)
        #expect(world.plan(text).isEmpty)
    }

    @Test func `all go with the task definition`() {
        let plan = world(revisions: 3, keep: 2).plan("Cluster/a")
        #expect(plan.steps.map(\.id.verb) == [.delete, .deregister, .deregister, .deregister])
    }

    @Test func `are deregistered after the service has moved and its tasks are healthy`() throws {
        var world = World()
        world.apply(world.plan(hello), hello)
        let text = hello.replacing("hello:1", with: "hello:2").replacing("cpu=256", with: "cpu=256 keepRevisions=0")
        let plan = world.plan(text)
        let last = try #require(plan.steps.last)
        #expect(last.id.verb == .deregister)
        #expect(last.after.map(\.description).contains("verify Service/web"))
    }
}
