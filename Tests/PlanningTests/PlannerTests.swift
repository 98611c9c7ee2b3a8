import AttributeTree
import Diagnostics
import Planning
import ResourceModel
import TestSupport
import Testing

/// One application: a service behind a load balancer.
let hello = """
    Cluster/hello capacityProviders=["FARGATE"]
    TaskDefinition/web cpu=256 containerDefinitions=[{"name":"app","image":"hello:1"}]
    LoadBalancer/hello subnets=default
    TargetGroup/web port=8080 healthCheckPath=/healthz
    Listener/http loadBalancer=hello port=80 defaultActions=[{"type":"forward","targetGroup":"web"}]
    Service/web cluster=hello taskDefinition=web desiredCount=2 loadBalancers=[{"targetGroup":"web","containerPort":8080}]
    """

@Suite("The plan, as it is read,", .tags(.small))
struct PlannerTests {
    /// A change of the manifests, from one to the other, in a world where the first was applied.
    struct Edit: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var from = hello
        var replacing: [(text: String, with: String)] = []
        var goal = PlanRequest.Goal.converge
        var snapshot: String
    }

    @Test(arguments: [
        Edit(testDescription: "an empty cloud", from: "", replacing: [("", hello)], snapshot: "empty-cloud"),
        Edit(testDescription: "nothing to do", snapshot: "nothing-to-do"),
        Edit(
            testDescription: "another image is a new revision, and tasks roll",
            replacing: [("hello:1", "hello:2")], snapshot: "image"),
        Edit(testDescription: "scaling is a change in place", replacing: [("Count=2", "Count=3")], snapshot: "scale"),
        Edit(
            testDescription: "a target group is replaced beside the one that has the traffic",
            replacing: [("port=8080", "port=9090")], snapshot: "target-group"),
        Edit(
            testDescription: "a listener goes with its load balancer, and so does its target group",
            replacing: [("subnets=default", "subnets=default scheme=internal")], snapshot: "load-balancer"),
        Edit(
            testDescription: "what depends on a resource that is deleted first is deleted before it",
            replacing: [("Cluster/hello ", "Cluster/hello clusterName=other ")], snapshot: "cluster-name"),
        Edit(
            testDescription: "a service that is removed leaves before its listener does",
            replacing: [
                (String(hello.split(separator: "\n")[4]), ""), (String(hello.split(separator: "\n")[5]), ""),
            ], snapshot: "removal"),
        Edit(
            testDescription: "a service leaves after its listener forwards elsewhere, and before its target group goes",
            replacing: [
                ("TargetGroup/web ", "TargetGroup/api "), ("\"targetGroup\":\"web\"", "\"targetGroup\":\"api\""),
                ("Service/web", "Service/api"),
            ], snapshot: "other-service"),
        Edit(testDescription: "a destroy takes everything, the other way round", goal: .destroy, snapshot: "destroy"),
    ])
    func `has every step with its reason, its calls and its impact`(_ edit: Edit) throws {
        var world = World()
        world.apply(world.plan(edit.from), edit.from)
        let text = edit.replacing.reduce(edit.from) { text, change in
            change.text.isEmpty ? change.with : text.replacing(change.text, with: change.with)
        }
        let plan = world.plan(text, goal: edit.goal)
        try Snapshot.expect(printed(plan), equals: "Plans/\(edit.snapshot).txt")
        world.apply(plan, text)
        #expect(world.refusals == [])
        #expect(world.plan(text, goal: edit.goal).isEmpty)
    }

    // Without a service whose tasks could be waited for, nobody answers in the new target group.
    @Test func `warns when a listener sends requests to what was just made in place of another`() throws {
        let hello = hello.split(separator: "\n").dropLast().joined(separator: "\n")
        var world = World()
        world.apply(world.plan(hello), hello)
        let plan = world.plan(hello.replacing("port=8080", with: "port=9090"))
        let warning = try #require(plan.diagnostics.first)
        #expect(plan.diagnostics.count == 1)
        #expect(
            warning.message
                == "TargetGroup/web is replaced: requests that Listener/http sends there fail until the new target group "
                + "has healthy targets")
        #expect(warning.range?.start == Place(file: "m.yaml", line: 4, column: 10))
        #expect(world.plan(hello.replacing("/healthz", with: "/health")).diagnostics.isEmpty)
    }

    @Test func `colours the sign of each step`() {
        let plan = World().plan("Cluster/hello")
        let text = PlanPrinter(style: .coloured).text(of: plan, for: World.owner)
        #expect(text.contains("\u{1B}[32m  +\u{1B}[0m create cluster hello"))
    }

    @Test func `has the documented JSON form`() throws {
        var world = World()
        world.apply(world.plan(hello), hello)
        let plan = world.plan(hello.replacing("Count=2", with: "Count=3").replacing("hello:1", with: "hello:2"))
        try Snapshot.expect(plan.json(for: World.owner).jsonText(.pretty) + "\n", equals: "Plans/plan.json")
    }
}

func printed(_ plan: Plan) -> String { PlanPrinter(style: .plain).text(of: plan, for: World.owner) }
