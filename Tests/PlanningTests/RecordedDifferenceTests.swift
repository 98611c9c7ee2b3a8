import AttributeTree
import Planning
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("What is recorded at two moments", .tags(.small))
struct RecordedDifferenceTests {
    private func recorded(_ text: String) -> [RecordedResource] {
        var world = World()
        world.apply(world.plan(text), text)
        return Array(world.state.resources.values)
    }

    private func text(_ before: String, _ after: String) -> String {
        PlanPrinter(style: .plain).text(
            of: .init(RecordedDifference.between(recorded(before), recorded(after), catalog: MiniCatalog.catalog)))
    }

    @Test func `is compared field by field, in the notation of a plan`() {
        let before = """
            Cluster/a capacityProviders=["FARGATE"]
            TaskDefinition/a containerDefinitions=[{"name":"app","image":"i:1","environment":[{"name":"A","value":"1"}]}]
            Service/a cluster=a taskDefinition=a desiredCount=1 password=hunter2
            TargetGroup/gone port=80
            """
        let after = """
            Cluster/a capacityProviders=["FARGATE"]
            TaskDefinition/a cpu=256 containerDefinitions=[{"name":"app","image":"i:2"}]
            Service/a cluster=a taskDefinition=a desiredCount=3 password=hunter3
            TargetGroup/new port=81
            """
        #expect(
            text(before, after) == """
                    ~ Service/a
                          desiredCount: 1 → 3
                          password: (secret) → (secret)
                    - TargetGroup/gone
                          port: 80 → not set
                    + TargetGroup/new
                          port: not set → 81
                    ~ TaskDefinition/a
                          cpu: not set → 256
                          containerDefinitions[app].image: i:1 → i:2
                          containerDefinitions[app].environment[A]: {"name":"A","value":"1"} → not set

                """)
    }

    @Test func `does not differ where it means the same`() {
        let before = """
            TaskDefinition/a cpu="0.25◦vCPU" networkMode=bridge
            Service/a taskDefinition=a password=hunter2
            """
        #expect(
            text(before, before.replacing("\"0.25◦vCPU\"", with: "\"256\"").replacing(" networkMode=bridge", with: ""))
                == "")
    }
}
