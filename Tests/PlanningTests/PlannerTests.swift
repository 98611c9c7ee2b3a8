import Planning
import ResourceModel
import TestSupport
import Testing

@Suite("Plans")
struct PlannerTests {
    static let hello = """
        Cluster/hello capacityProviders=["FARGATE"]
        TaskDefinition/web cpu=256 containerDefinitions=[{"name":"app","image":"hello:1"}]
        LoadBalancer/hello subnets=default
        TargetGroup/web port=8080 healthCheckPath=/healthz
        Listener/http loadBalancer=hello port=80 defaultActions=[{"type":"forward","targetGroup":"web"}]
        Service/web cluster=hello taskDefinition=web desiredCount=2 loadBalancers=[{"targetGroup":"web","containerPort":8080}]
        """

    private func text(_ plan: Plan) -> String { PlanPrinter(style: .plain).text(of: plan, for: World.owner) }

    @Test func `an empty cloud is filled in the order in which a request gets through`() {
        #expect(text(World().plan(Self.hello)) == "")
    }
    @Test func `after`() {
        var world = World()
        world.apply(world.plan(Self.hello), Self.hello)
        #expect(world.refusals == [])
        #expect(text(world.plan(Self.hello)) == "")
        let second = Self.hello.replacing("hello:1", with: "hello:2").replacing("port=8080", with: "port=9090")
        #expect(text(world.plan(second)) == "")
        world.apply(world.plan(second), second)
        #expect(world.refusals == [])
        #expect(text(world.plan(second)) == "")
        #expect(text(world.plan(second, goal: .destroy)) == "")
        world.apply(world.plan(second, goal: .destroy), second)
        #expect(world.refusals == [])
        #expect(world.things.isEmpty)
    }
}
