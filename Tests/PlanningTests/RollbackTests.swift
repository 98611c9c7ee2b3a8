import AttributeTree
import Planning
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("Revisions that a rollback needs", .tags(.small))
struct RollbackTests {
    private static let service = ResourceAddress(kind: "Service", name: "a")

    private static func text(image: Int, keep: Int = 0) -> String {
        """
        Cluster/a
        TaskDefinition/a keepRevisions=\(keep) containerDefinitions=[{"name":"app","image":"i:\(image)"}]
        Service/a cluster=a taskDefinition=a
        """
    }

    /// A world in which these revisions were applied, one after the other; those with a `+` became final.
    private func world(_ history: String) -> World {
        var world = World()
        for (index, mark) in history.enumerated() {
            let text = Self.text(image: index + 1)
            world.apply(world.plan(text), text)
            if mark == "+" { world.prove(Self.service) }
        }
        return world
    }

    /// What is left of revisions 1, 2, 3, … when none is to be kept, after the last apply and after one more plan.
    @Test(arguments: [
        ("+", "1"), ("++", "12"), ("+++", "23"), ("+-", "12"), ("+--", "13"), ("++--", "24"), ("+-+", "13"),
        ("--", "2"),
    ])
    func `stay registered, and nothing is left to do after an apply`(history: String, left: String) {
        var world = world(history)
        let text = Self.text(image: history.count)
        world.apply(world.plan(text), text)
        let images = world.things.values.filter { $0.kind == "TaskDefinition" }
            .compactMap { $0.attributes["containerDefinitions"]?.listValue?.first?["image"]?.stringValue?.last }
        #expect(String(images.sorted()) == left)
        #expect(world.refusals == [])
        if history.last == "+" { #expect(world.plan(text).isEmpty) }
    }

    @Test func `are what the plan goes back to, and nothing else is planned`() throws {
        var world = world("++")
        let recorded = try #require(world.state.resources[Self.service])
        let form = try #require(recorded.proven.last)
        world.things = world.things.mapValues { thing in
            var thing = thing
            if thing.kind == "Cluster" { thing.attributes["capacityProviders"] = ["FARGATE"] }
            return thing
        }
        let id = try #require(form["taskDefinition"]?.stringValue)
        let desired = manifests(
            Self.text(image: 9).replacing("taskDefinition=a", with: "taskDefinition=\(id)"))
        let plan = Planner.plan(world.request(desired, goal: .rollBack, targets: [Self.service]))
        #expect(plan.steps.map(\.id.description) == ["update Service/a"])
        #expect(plan.steps.first?.reasons == [.rolledBack(["taskDefinition"])])
    }
}

extension World {
    /// What an apply records of a resource that has become final.
    fileprivate mutating func prove(_ address: ResourceAddress) {
        guard let resource = state.resources[address] else { return }
        let recorded = state.resources
        let form = catalog[address.kind]?.provenForm(of: resource.attributes, in: catalog) { recorded[$0]?.identity }
        state.resources[address]?.becomeFinal(as: form)
    }
}
