import AttributeTree
import Foundation
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.medium))
struct CloudEngineTests {
    private let clock = CloudClock(start: Moment(1_000_000), rate: 0)
    private let engine: CloudEngine

    init() {
        engine = CloudEngine(world: World(account: Account()), clock: clock)
    }

    @Test("a refusal leaves the world as it was")
    func refusal() {
        #expect(throws: CloudFault.self) {
            try engine.change { world, _ throws(CloudFault) in
                world.addCluster("refused")
                throw CloudFault("Refused", "")
            }
        }
        #expect(engine.read { $0.containers.clusters.isEmpty })
    }

    @Test("the call knows who makes it and when")
    func context() {
        let caller = Caller(accessKeyID: "AKIA", arn: "arn", userID: "1")
        #expect(engine.change(as: caller) { _, context in context.caller } == caller)
        #expect(engine.change { _, context in context.caller.arn } == "arn:aws:iam::000000000000:root")
        #expect(engine.change { _, context in context.now } == Moment(1_000_000))
    }

    @Test("every reader is told of a change, and of none that changes nothing")
    func readers() async {
        engine.change { world, _ in world.addCluster("first") }
        var readers = [engine.changes().makeAsyncIterator(), engine.changes().makeAsyncIterator()]
        for index in readers.indices { #expect(await readers[index].next() != nil) }

        engine.change { _, _ in }
        engine.change { world, _ in world.addCluster("first") }
        engine.change { world, _ in world.addCluster("second") }
        engine.change { world, _ in world.addCluster("third") }
        for index in readers.indices { #expect(await readers[index].next() != nil) }
        #expect(engine.read { Array($0.containers.clusters.keys) } == ["first", "second", "third"])
    }

    @Test("what is due happens when its time has come, without a call")
    func timePasses() async throws {
        let arn = try engine.change { world, context throws(CloudFault) in
            try world.addLoadBalancer("main", context)
        }
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await engine.run() }
            for await _ in engine.changes() {
                if engine.read({ $0.isActive(arn) }) { break }
                clock.step(by: .seconds(10))
            }
            group.cancelAll()
        }
        #expect(engine.read { $0.isActive(arn) })
    }

    @Test("the world is the same after a restart, and the cloud's time does not go back")
    func restart() async throws {
        try await TemporaryDirectory.with { directory in
            let store = try CloudStore(directory: directory.url.path)
            let engine = CloudEngine(world: World(account: Account()), clock: clock, store: store)
            for name in ["b", "a", "c", "d"] { engine.change { world, _ in world.addCluster(name) } }
            clock.step(by: .seconds(60))
            engine.change { world, _ in
                world.containers.clusters["b"]?.status = .inactive
                world.containers.clusters["c"] = nil
            }
            store.close()

            let reopened = try CloudStore(directory: directory.url.path)
            defer { reopened.close() }
            var world = World(account: Account())
            try world.load(try reopened.rows())
            #expect(Array(world.containers.clusters.keys) == ["b", "a", "d"])
            #expect(world.containers.clusters["b"]?.status == .inactive)
            #expect(try reopened.lastMoment() == Moment(1_000_060))
        }
    }

    @Test("it ends when the world can be kept no longer")
    func storageFailure() async throws {
        try await TemporaryDirectory.with { directory in
            let store = try CloudStore(directory: directory.url.path)
            let engine = CloudEngine(world: World(account: Account()), clock: clock, store: store)
            store.close()
            engine.change { world, _ in world.addCluster("lost") }
            await #expect(throws: (any Error).self) { try await engine.run() }
        }
    }

    @Test(
        "an earlier world is read as it was then, or as it was when one began to remember",
        arguments: [(0.0, 3), (4, 3), (6, 2), (14, 2), (16, 1), (60, 1)])
    func history(_ secondsAgo: Double, _ clusters: Int) {
        engine.change { world, _ in world.addCluster("first") }
        engine.keepHistory(seconds: 20)
        for name in ["second", "third"] {
            clock.step(by: .seconds(10))
            engine.change { world, _ in world.addCluster(name) }
        }
        clock.step(by: .seconds(5))
        #expect(engine.world(secondsAgo: secondsAgo).containers.clusters.count == clusters)
    }
}

extension World {
    fileprivate mutating func addCluster(_ name: String) {
        containers.clusters[name] = ClusterRecord(
            name: name, arn: account.arn("ecs", "cluster/\(name)"), status: .active, settings: Document([:]),
            tags: Tags())
    }

    fileprivate mutating func addLoadBalancer(_ name: String, _ context: CallContext) throws(CloudFault) -> String {
        let input: AttributeValue = [
            "Name": .string(name), "Subnets": .list(network.subnets.map { .string($0.id) }),
        ]
        let output = try ImitatedService.elbv2.operations["CreateLoadBalancer"]?(&self, input, context)
        return output?["LoadBalancers"]?[0]?["LoadBalancerArn"]?.stringValue ?? ""
    }

    fileprivate func isActive(_ loadBalancer: String) -> Bool {
        balancing.loadBalancers[loadBalancer].map { $0.activeAt == nil } ?? false
    }
}
