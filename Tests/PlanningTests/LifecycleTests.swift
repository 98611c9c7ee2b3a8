import AttributeTree
import Diagnostics
import Planning
import ResourceModel
import StateModel
import TestSupport
import Testing

/// What holds for every world: whatever the manifests were, are and become, and whatever others did in between.
@Suite("Every lifecycle", .tags(.small))
struct LifecycleTests {
    @Test(arguments: UInt64(0)..<200)
    func `ends with an empty plan, and a destroy leaves nothing`(seed: UInt64) {
        var random = RandomManifests(seed: seed)
        var world = World()
        for round in 0..<4 {
            let text = random.next()
            if round > 0 { world.disturb(&random) }
            let plan = world.plan(text)
            #expect(!plan.diagnostics.hasErrors)
            expectOrder(plan)
            world.apply(plan, text)
            #expect(world.refusals == [], "\(print(plan))\n\(text)")
            let again = world.plan(text)
            #expect(again.isEmpty, "\(print(again))\n\(text)")
            if !again.isEmpty { return }
        }
        let destruction = world.plan("", goal: .destroy)
        expectOrder(destruction)
        world.apply(destruction, "")
        #expect(world.refusals == [], "\(print(destruction))")
        #expect(world.things.isEmpty)
        #expect(world.state.resources.isEmpty)
    }

    @Test(arguments: UInt64(0)..<200)
    func `ends the same after an apply was killed`(seed: UInt64) {
        var random = RandomManifests(seed: seed)
        var world = World()
        for _ in 0..<3 {
            let text = random.next()
            let plan = world.plan(text)
            world.apply(plan, text, limit: random.number(0, max(1, plan.steps.count)))
            world.apply(world.plan(text), text)
            #expect(world.refusals == [])
            #expect(world.plan(text).isEmpty)
        }
    }

    @Test(arguments: UInt64(0)..<50)
    func `the same world gives the same plan`(seed: UInt64) {
        var random = RandomManifests(seed: seed)
        var world = World()
        let first = random.next()
        world.apply(world.plan(first), first)
        let second = random.next()
        #expect(print(world.plan(second)) == print(world.plan(second)))
    }

    /// Each step comes after those it waits for, and no two have the same id.
    private func expectOrder(_ plan: Plan) {
        var seen: Set<Step.ID> = []
        for step in plan.steps {
            #expect(step.after.allSatisfy(seen.contains), "\(step.id) after \(step.after)")
            #expect(seen.insert(step.id).inserted, "\(step.id) is there twice")
        }
    }

    private func print(_ plan: Plan) -> String { PlanPrinter(style: .plain).text(of: plan, for: World.owner) }
}

extension World {
    /// What others do: they delete something that nothing refers to, or change a value.
    fileprivate mutating func disturb(_ random: inout RandomManifests) {
        for id in things.keys.sorted() where random.chance(6) {
            if random.chance(2) {
                things[id] = nil
            } else if things[id]?.kind == "TargetGroup" {
                things[id]?.attributes["healthCheckPath"] = "/changed"
            } else if things[id]?.kind == "Service" {
                things[id]?.attributes["desiredCount"] = 7
            }
        }
    }
}
