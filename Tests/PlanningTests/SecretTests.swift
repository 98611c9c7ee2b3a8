import AttributeTree
import Planning
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("A secret", .tags(.small))
struct SecretTests {
    private func applied(_ text: String) -> World {
        var world = World()
        world.apply(world.plan(text), text)
        return world
    }

    @Test func `is recorded as a digest that salt makes another in another state`() throws {
        let schema = try #require(MiniCatalog.catalog["Service"]?.schema)
        let one = SecretDigest(salt: "a", hash: fakeHash).redacted(["password": "x", "desiredCount": 1], by: schema)
        let two = SecretDigest(salt: "b", hash: fakeHash).redacted(["password": "x", "desiredCount": 1], by: schema)
        #expect(one["desiredCount"] == 1)
        #expect(one["password"] != "x")
        #expect(one["password"] != two["password"])
    }

    @Test func `that is the same is not a difference, though the cloud does not tell it`() {
        #expect(applied("Service/a password=x").plan("Service/a password=x").isEmpty)
    }

    @Test func `that changed is a difference that does not show it`() throws {
        let plan = applied("Service/a password=hunter2").plan("Service/a password=hunter3")
        let difference = try #require(plan.changes.first?.differences.first)
        #expect(difference.recorded == "(secret)")
        #expect(difference.desired == "(secret)")
        #expect(!printed(plan).contains("hunter"))
        #expect(!plan.json(for: World.owner).jsonText().contains("hunter"))
    }
}
