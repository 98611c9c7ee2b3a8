import Foundation
import Synchronization
import TestSupport
import Testing

@testable import LoadBalancing

/// What changes while requests are under way.
@Suite(.tags(.medium), .timeLimit(.minutes(5)))
struct ReconfigurationTests {
    private let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    private let group = RunningBalancer.group

    @Test func changedRulesHoldForTheNextRequestOnTheSameConnection() async throws {
        try await RunningBalancer.with([]) { running in
            let client = try await running.connect()
            #expect(try await client.exchange(get).hasPrefix("HTTP/1.1 503 "))
            await running.change {
                $0.listeners[RunningBalancer.listener]?.defaultAction = .fixedResponse(FixedResponse(status: 200))
            }
            #expect(try await client.exchange(get).hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func aDrainingTargetFinishesWhatItHasAndReceivesNoMore() async throws {
        let target = try await ScriptedTarget.start { $0.head.hasPrefix("GET /slow") ? .wait : .ok("fast") }
        try await RunningBalancer.with([target.target]) { running in
            let idle = try await running.connect()
            _ = try await idle.exchange(get)
            let busy = try await running.connect()
            try await busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            try await eventually("no request") { target.requests.count == 2 }
            await running.change { $0.targetGroups[group]?.targets[target.target] = .draining }
            #expect(try await idle.exchange(get).hasPrefix("HTTP/1.1 503 "))
            try await eventually("the idle connection is still open") { target.connectionsOpen == 1 }
            #expect(!busy.isClosed)
        }
        await target.stop()
    }

    @Test func whoReadsNoAnswersIsNotAskedForMoreAndHasAllOfThemWhenTheListenerIsGone() async throws {
        try await RunningBalancer.with([]) { running in
            let page = FixedResponse(status: 200, contentType: "text/plain", body: String(repeating: ".", count: 1024))
            await running.change { $0.listeners[RunningBalancer.listener]?.defaultAction = .fixedResponse(page) }
            let client = try await running.connect(reads: false)
            let requests = 20_000
            let sending = Task { [get] in try await client.send(String(repeating: get, count: requests)) }
            try await eventually("nothing is asked") { running.balancer.counts.requests > 0 }
            let taken = try await running.takesNoMoreRequests()
            #expect(taken < requests / 2)
            await running.change { $0.listeners = [:] }
            try await client.startReading()
            let answers = try await client.receiveAll().components(separatedBy: "HTTP/1.1 200 OK").count - 1
            #expect(answers == running.balancer.counts.requests)
            _ = await sending.result
        }
    }

    @Test func aTargetThatIsGoneIsCutOff() async throws {
        let target = try await ScriptedTarget.start { _ in .wait }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            try await client.send(get)
            try await eventually("no request") { target.requests.count == 1 }
            await running.change { $0.targetGroups[group]?.targets = [:] }
            #expect(try await client.response().hasPrefix("HTTP/1.1 502 "))
            try await eventually("still connected") { target.connectionsOpen == 0 }
            #expect(try await client.exchange(get).hasPrefix("HTTP/1.1 503 "))
        }
        await target.stop()
    }

    @Test func noRequestFailsWhileTargetsAreExchangedOneByOne() async throws {
        let targets = try await (0..<4).asyncMap { _ in try await ScriptedTarget.start { _ in .ok("yes") } }
        try await RunningBalancer.with([targets[0].target]) { running in
            let isDone = Flag()
            let clients = (0..<4).map { _ in
                Task { [get] in
                    let client = try await running.connect()
                    while !isDone.value.load(ordering: .relaxed) {
                        let answer = try await client.exchange(get)
                        guard answer.hasSuffix("yes") else { return answer }
                    }
                    return "fine"
                }
            }
            try await eventually("nobody asks") { running.balancer.counts.requests >= 4 }
            for round in 0..<40 {
                let next = targets[(round + 1) % targets.count].target
                let last = targets[round % targets.count].target
                await running.change { $0.targetGroups[group]?.targets[next] = .active }
                await running.change { $0.targetGroups[group]?.targets[last] = .draining }
                try await eventually("never done") { running.balancer.outstanding(TargetKey(group, last)) == 0 }
                await running.change { $0.targetGroups[group]?.targets[last] = nil }
            }
            isDone.value.store(true, ordering: .relaxed)
            for client in clients {
                let outcome = try await client.value
                #expect(outcome == "fine")
            }
        }
        for target in targets { await target.stop() }
    }

    @Test func noRequestFailsWhileAListenerMovesToAnotherTargetGroup() async throws {
        let targets = try await (0..<2).asyncMap { _ in try await ScriptedTarget.start { _ in .ok("yes") } }
        let groups = [group, TargetGroupID("other")]
        try await RunningBalancer.with([targets[0].target]) { running in
            let isDone = Flag()
            let client = Task { [get] in
                let client = try await running.connect()
                while !isDone.value.load(ordering: .relaxed) {
                    let answer = try await client.exchange(get)
                    guard answer.hasSuffix("yes") else { return answer }
                }
                return "fine"
            }
            try await eventually("nobody asks") { running.balancer.counts.requests >= 1 }
            for round in 1...40 {
                let (next, last) = (round % 2, (round + 1) % 2)
                await running.change { configuration in
                    configuration.targetGroups = [
                        groups[next]: TargetGroupConfiguration(targets: [targets[next].target: .active]),
                        groups[last]: TargetGroupConfiguration(targets: [targets[last].target: .draining]),
                    ]
                    configuration.listeners[RunningBalancer.listener]?.defaultAction = .forward(
                        ForwardAction([.init(groups[next])]))
                }
            }
            isDone.value.store(true, ordering: .relaxed)
            let outcome = try await client.value
            #expect(outcome == "fine")
        }
        for target in targets { await target.stop() }
    }

    @Test func listenersComeAndGoWithoutDisturbingOthers() async throws {
        try await RunningBalancer.with([]) { running in
            let kept = try await running.connect()
            _ = try await kept.exchange(get)
            let other = ListenerID("other")
            let address = Target.unused().address
            await running.change {
                $0.listeners[other] = ListenerConfiguration(
                    address: address, port: 81, defaultAction: .fixedResponse(FixedResponse(status: 200)))
            }
            let passing = try await RawConnection.open(address, 81)
            #expect(try await passing.exchange(get).hasPrefix("HTTP/1.1 200 "))
            await running.change { $0.listeners[other] = nil }
            #expect(try await passing.receiveAll() == "")
            await #expect(throws: (any Error).self) { try await RawConnection.open(address, 81) }
            #expect(try await kept.exchange(get).hasPrefix("HTTP/1.1 503 "))
        }
    }

    @Test func aListenerThatCannotBeOpenedSaysWhyAndIsTriedAgain() async throws {
        let occupant = try await ScriptedTarget.start { _ in .wait }
        try await RunningBalancer.with([]) { running in
            let taken = ListenerID("taken")
            let problems = await running.change {
                $0.listeners[taken] = ListenerConfiguration(
                    address: occupant.target.address, port: occupant.target.port,
                    defaultAction: .fixedResponse(FixedResponse(status: 200)))
            }
            #expect(problems == [taken: "Address already in use"])
            await occupant.stop()
            // A program that another test is starting may hold the address until it has closed what it inherited.
            try await eventually("the address stays taken") { await running.change { _ in } == [:] }
            let client = try await RawConnection.open(occupant.target.address, occupant.target.port)
            #expect(try await client.exchange(get).hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func aCertificateThatCannotBeUsedIsAProblemOfItsListener() async throws {
        try await RunningBalancer.with([]) { running in
            let problems = await running.change {
                $0.listeners[RunningBalancer.listener]?.identity = TLSIdentity(certificateChain: "no", privateKey: "no")
            }
            #expect(problems.keys.map(\.rawValue) == ["listener"])
            #expect(problems.values.first?.hasPrefix("the certificate or its key cannot be used") == true)
        }
    }

    @Test func targetsThatFailTheirHealthChecksAreLeftOutUnlessAllDo() async throws {
        let healthy = try await ScriptedTarget.start { _ in .ok("healthy") }
        let sick = try await ScriptedTarget.start { request in
            request.head.hasPrefix("GET /health")
                ? .send("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n") : .ok("sick")
        }
        let check = HealthCheck(path: "/health", healthyThreshold: 2, unhealthyThreshold: 2)
        try await RunningBalancer.with([sick.target], change: { $0.targetGroups[group]?.healthCheck = check }) {
            running in
            try await running.wait(.seconds(65))
            try await eventually("no status") {
                running.balancer.statuses() == [TargetKey(group, sick.target): .unhealthy(.status(500))]
            }
            let client = try await running.connect()
            #expect(try await client.exchange(get).hasSuffix("sick"))
            await running.change { $0.targetGroups[group]?.targets[healthy.target] = .active }
            try await running.wait(.seconds(35))
            try await eventually("no status") {
                running.balancer.statuses()[TargetKey(group, healthy.target)] == .healthy
            }
            try await eventually("not yet routed by") { try await client.exchange(get).hasSuffix("healthy") }
            for _ in 0..<4 { #expect(try await client.exchange(get).hasSuffix("healthy")) }
        }
        await healthy.stop()
        await sick.stop()
    }

    @Test func clientsComeBackToTheirTarget() async throws {
        let targets = try await (0..<3).asyncMap { index in
            try await ScriptedTarget.start { _ in .ok("\(index)", headers: "Set-Cookie: app=1\r\n") }
        }
        try await RunningBalancer.with(
            targets.map(\.target), change: { $0.targetGroups[group]?.stickiness = .balancerCookie(.seconds(60)) }
        ) { running in
            let client = try await running.connect()
            let first = try await client.exchange(get)
            let cookie = try #require(first.firstMatch(of: #/\r\nSet-Cookie: (balancer-target=[^;]*);/#)?.1)
            for _ in 0..<5 {
                let again = try await client.exchange("GET / HTTP/1.1\r\nHost: x\r\nCookie: \(cookie)\r\n\r\n")
                #expect(again.suffix(1) == first.suffix(1))
            }
        }
        for target in targets { await target.stop() }
    }
}

private final class Flag: Sendable {
    let value = Atomic(false)
}

extension Sequence {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
