import Diagnostics
import Planning
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("A target group that is replaced", .tags(.small))
struct HandoverTests {
    /// Manifests that were applied, what is changed in them, and what is changed in that after an apply was killed.
    struct Story: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var change: @Sendable (String) -> String
        var furtherChange: @Sendable (String) -> String = { $0 }
    }

    /// Two listeners, weights, two groups of which two services use one each and one uses both.
    static let shop = """
        Cluster/c
        TaskDefinition/t cpu=1
        LoadBalancer/l subnets=default
        TargetGroup/a port=1
        TargetGroup/b port=1
        Listener/x loadBalancer=l port=80 \
        defaultActions=[{"type":"forward","targetGroup":"a","weight":9},{"type":"forward","targetGroup":"b","weight":1}]
        Listener/y loadBalancer=l port=81 defaultActions=[{"type":"forward","targetGroup":"a"}]
        Service/a cluster=c taskDefinition=t loadBalancers=[{"targetGroup":"a","containerPort":8080}]
        Service/ab cluster=c taskDefinition=t \
        loadBalancers=[{"targetGroup":"a","containerPort":8080},{"targetGroup":"b","containerPort":8080}]
        Service/b cluster=c taskDefinition=t loadBalancers=[{"targetGroup":"b","containerPort":8080}]
        """

    static let stories = [
        Story(testDescription: "for its port", text: hello) { $0.replacing("port=8080", with: "port=9090") },
        Story(testDescription: "for its port, with another image and more tasks", text: hello) {
            $0.replacing("port=8080", with: "port=9090").replacing("hello:1", with: "hello:2")
                .replacing("Count=2", with: "Count=3")
        },
        Story(
            testDescription: "and again before that has ended", text: hello,
            change: { $0.replacing("port=8080", with: "port=9090") },
            furtherChange: { $0.replacing("port=9090", with: "port=7070") }),
        Story(
            testDescription: "and back again before that has ended", text: hello,
            change: { $0.replacing("port=8080", with: "port=9090") },
            furtherChange: { $0.replacing("port=9090", with: "port=8080") }),
        Story(testDescription: "one of two, of two listeners and two services", text: shop) {
            $0.replacing("TargetGroup/a port=1", with: "TargetGroup/a port=2")
        },
        Story(testDescription: "two at the same time", text: shop) { $0.replacing("port=1", with: "port=2") },
        Story(
            testDescription: "one after the other", text: shop,
            change: { $0.replacing("TargetGroup/a port=1", with: "TargetGroup/a port=2") },
            furtherChange: { $0.replacing("TargetGroup/b port=1", with: "TargetGroup/b port=2") }),
        Story(testDescription: "with its load balancer", text: hello) {
            $0.replacing("LoadBalancer/hello", with: "LoadBalancer/hello scheme=internal")
        },
        Story(
            testDescription: "with its load balancer, which two listeners and three services have to do with",
            text: shop
        ) {
            $0.replacing("LoadBalancer/l", with: "LoadBalancer/l scheme=internal")
        },
        Story(
            testDescription: "with its load balancer, and then for its port", text: hello,
            change: { $0.replacing("LoadBalancer/hello", with: "LoadBalancer/hello scheme=internal") },
            furtherChange: { $0.replacing("port=8080", with: "port=9090") }),
        Story(
            testDescription: "with its load balancer, and back again before that has ended", text: hello,
            change: { $0.replacing("LoadBalancer/hello", with: "LoadBalancer/hello scheme=internal") },
            furtherChange: { $0.replacing(" scheme=internal", with: "") }),
    ]

    @Test(arguments: stories)
    func `is handed over without a request that nobody answers, wherever an apply is killed`(_ story: Story) {
        var before = World()
        before.apply(before.plan(story.text), story.text)
        #expect(before.unanswered == [])
        let text = story.change(story.text)
        let plan = before.plan(text)
        #expect(interruptions(plan) == [])
        for killed in 0...plan.steps.count {
            var world = before
            world.apply(plan, text, limit: killed)
            #expect(world.unanswered == [], "after \(killed) of\n\(print(plan))")
            let next = story.furtherChange(text)
            let rest = world.plan(next)
            #expect(interruptions(rest) == [])
            for reached in 0...rest.steps.count {
                var world = world
                world.apply(rest, next, limit: reached)
                #expect(world.unanswered == [], "\(killed) steps, then \(reached) of\n\(print(rest))")
                guard reached == rest.steps.count else { continue }
                #expect(world.refusals == [], "\(killed) steps, then\n\(print(rest))")
                #expect(world.plan(next).isEmpty, "\(killed) steps, then\n\(print(world.plan(next)))")
                #expect(world.state.resources.values.allSatisfy { !$0.retired.contains { $0.reason == .replaced } })
            }
        }
    }

    @Test func `is told as replaced, and not as drift, until the end`() {
        var world = World()
        world.apply(world.plan(hello), hello)
        let text = hello.replacing("port=8080", with: "port=9090")
        let plan = world.plan(text)
        let group = ResourceAddress(kind: "TargetGroup", name: "web")
        for killed in 1..<plan.steps.count {
            var world = world
            world.apply(plan, text, limit: killed)
            let reasons = world.plan(text).changes.filter { $0.action == .update }.map(\.reasons)
            #expect(reasons.allSatisfy { $0 == [.dependencyReplaced(group)] }, "\(killed): \(reasons)")
        }
    }

    @Test func `is read step by step after a kill`() throws {
        var world = World()
        world.apply(world.plan(hello), hello)
        let text = hello.replacing("port=8080", with: "port=9090")
        world.apply(world.plan(text), text, limit: 2)
        try Snapshot.expect(print(world.plan(text)), equals: "Plans/target-group-resumed.txt")
    }

    @Test func `interrupts, and says so, where a listener cannot forward to one more`() {
        let groups = ["a", "b", "c", "d", "web"]
        let actions = groups.map { "{\"type\":\"forward\",\"targetGroup\":\"\($0)\"}" }.joined(separator: ",")
        let crowded =
            hello.replacing("[{\"type\":\"forward\",\"targetGroup\":\"web\"}]", with: "[\(actions)]") + "\n"
            + groups.dropLast().map { "TargetGroup/\($0) port=1" }.joined(separator: "\n")
        var world = World()
        world.apply(world.plan(crowded), crowded)
        let plan = world.plan(crowded.replacing("port=8080", with: "port=9090"))
        #expect(plan.diagnostics.map(\.severity) == [.warning])
        #expect(plan.diagnostics.first?.help.first == "it cannot be handed over: Listener/http is full")
        #expect(!plan.steps.contains { if case .handOver = $0.work { true } else { false } })
    }

    @Test func `changes at once where no service uses it, which is warned of`() {
        let text = hello.split(separator: "\n").dropLast().joined(separator: "\n")
        var world = World()
        world.apply(world.plan(text), text)
        let plan = world.plan(text.replacing("port=8080", with: "port=9090"))
        #expect(plan.diagnostics.map(\.severity) == [.warning])
        let why = "it cannot be handed over: nothing in the manifests answers the requests that it gets"
        #expect(plan.diagnostics.first?.help.first == why)
        #expect(plan.steps.map(\.id.verb) == [.create, .update, .delete])
    }

    private func interruptions(_ plan: Plan) -> [String] {
        plan.diagnostics.map(\.message).filter { $0.contains("fail until") }
    }

    private func print(_ plan: Plan) -> String { PlanPrinter(style: .plain).text(of: plan, for: World.owner) }
}
