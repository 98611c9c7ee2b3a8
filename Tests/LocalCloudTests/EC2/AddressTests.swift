import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct AddressTests {
    @Test("tasks have addresses of their subnet, load balancers others, and the first is the same in every cloud")
    func ranges() {
        var world = World(account: Account())
        #expect(world.takeLoopbackAddress() == "127.64.0.4")
        #expect(world.takeLoopbackAddress(in: world.network.subnets[1].id) == "127.64.16.4")
        #expect(world.takeLoopbackAddress(in: "subnet-unknown") == "127.64.0.5")
        #expect(world.takeBalancerAddress() == "127.0.1.1")
        #expect(world.takeBalancerAddress() == "127.0.1.2")
    }

    @Test("an address that was given back comes again after all others")
    func roundRobin() throws {
        var pool = AddressPool(try #require(IPv4Range("10.0.0.0/29")), usable: 1..<5)
        #expect((0..<3).map { _ in pool.take() } == ["10.0.0.1", "10.0.0.2", "10.0.0.3"])
        pool.release("10.0.0.1")
        pool.release("192.168.0.1")
        #expect(pool.freeCount == 2)
        #expect((0..<2).map { _ in pool.take() } == ["10.0.0.4", "10.0.0.1"])
        #expect(pool.freeCount == 0)
        pool.release("10.0.0.3")
        #expect(pool.take() == "10.0.0.3")
        #expect(pool.take() == "10.0.0.4", "when none is free, one is given out twice")
    }

    @Test("a restart knows which addresses are taken")
    func restart() throws {
        var stage = CallStage()
        let taken = stage.world.takeLoopbackAddress()
        stage.world.releaseLoopbackAddress(stage.world.takeLoopbackAddress())
        try stage.restart()
        #expect(taken == "127.64.0.4")
        #expect(stage.world.takeLoopbackAddress() == "127.64.0.6")
    }

    @Test(
        "what is no block of addresses is none",
        arguments: ["10.0.0.0", "10.0.0.1/24", "10.0.0/8", "10.0.0.0/33", "10.0.0.256/32", "10.0.0.0/8/8", ""])
    func malformed(_ text: String) {
        #expect(IPv4Range(text) == nil)
    }

    @Test(arguments: ["0.0.0.0/0", "10.0.0.0/8", "127.64.16.0/20", "1.2.3.4/32"])
    func aBlockIsWrittenAsItIsRead(_ text: String) throws {
        #expect(try #require(IPv4Range(text)).description == text)
    }
}
