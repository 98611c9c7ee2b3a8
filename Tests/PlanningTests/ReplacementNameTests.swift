import AttributeTree
import Planning
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("The name of a replacement", .tags(.small))
struct ReplacementNameTests {
    /// The name under which a target group of this name is made anew, and anew again.
    private func names(of name: String) throws -> [String] {
        var world = World()
        var names: [String] = []
        for port in 1...3 {
            let text = "TargetGroup/\(name) port=\(port)"
            world.apply(world.plan(text), text)
            names.append(try #require(world.things.values.first).cloudName)
        }
        #expect(world.refusals == [])
        return names
    }

    @Test(arguments: ["web", "a", "a-name-of-thirty-two-characters-x", "a-name-of-twenty-five-ch-x-and-more"])
    func `is another each time, and one that AWS allows`(name: String) throws {
        let names = try names(of: name)
        #expect(Set(names).count == 3)
        for generated in names.dropFirst() {
            #expect(generated.count <= 32)
            #expect(!generated.contains("--"))
            #expect(generated.hasPrefix(String(name.prefix(20))))
        }
    }

    @Test func `is the one in the manifest when that has another`() throws {
        var world = World()
        world.apply(world.plan("TargetGroup/a name=one port=1"), "TargetGroup/a name=one port=1")
        let plan = world.plan("TargetGroup/a name=two port=1")
        #expect(plan.steps.map(\.summary) == ["create target group a", "delete replaced target group one"])
        #expect(
            plan.steps.first?.work == .create(cloudName: "two", replacing: world.state.identity(of: "TargetGroup/a")))
    }
}

extension RecordedState {
    fileprivate func identity(of address: String) -> ResourceIdentity? {
        ResourceAddress(address).flatMap { resources[$0]?.identity }
    }
}
