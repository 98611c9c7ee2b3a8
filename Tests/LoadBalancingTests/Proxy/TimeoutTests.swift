import TestSupport
import Testing

@testable import LoadBalancing

/// What becomes of those who make others wait. Time passes when the test says so.
@Suite(.tags(.medium), .timeLimit(.minutes(5)))
struct TimeoutTests {
    private let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func aTargetThatDoesNotAnswerIsGivenUp() async throws {
        let target = try await ScriptedTarget.start { _ in .wait }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            try await client.send(get)
            try await eventually("no request") { target.requests.count == 1 }
            try await running.wait(.seconds(59))
            #expect(client.received.isEmpty)
            try await running.wait(.seconds(3))
            #expect(try await client.response().hasPrefix("HTTP/1.1 504 Gateway Time-out\r\n"))
            try await eventually("the connection is kept") { target.connectionsOpen == 0 }
        }
        await target.stop()
    }

    @Test func aTargetThatTakesNoConnectionIsGivenUp() async throws {
        // No packet to this network, which is for documentation, ever comes back.
        try await RunningBalancer.with([Target("192.0.2.1", 80)]) { running in
            let client = try await running.connect()
            try await client.send(get)
            try await eventually("no request") { running.balancer.counts.requests == 1 }
            try await running.wait(.seconds(12))
            let answer = try await client.response()
            // Where there is no route there, it is known at once.
            #expect(answer.hasPrefix("HTTP/1.1 504 ") || answer.hasPrefix("HTTP/1.1 502 "))
        }
    }

    @Test func aClientThatSendsAByteASecondIsCutOff() async throws {
        try await RunningBalancer.with([]) { running in
            let client = try await running.connect()
            var seconds = 0
            for byte in "GET /a-path-that-is-long-enough HTTP/1.1\r\nHost: x\r\n\r\n".utf8 where !client.isClosed {
                try? await client.send(String(UnicodeScalar(byte)))
                try await running.wait(.seconds(1))
                if client.received.isEmpty { seconds += 1 }
            }
            #expect(try await client.receiveAll().hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
            #expect(28...33 ~= seconds)
        }
    }

    @Test func aClientThatStopsWithinTheBodyIsCutOff() async throws {
        let target = try await ScriptedTarget.start { _ in .ok("never") }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
            try await eventually("no connection") { target.connectionsOpen == 1 }
            try await running.wait(.seconds(62))
            #expect(try await client.receiveAll().hasPrefix("HTTP/1.1 408 "))
        }
        await target.stop()
    }

    @Test func idleConnectionsAreClosedOnBothSides() async throws {
        let target = try await ScriptedTarget.start { _ in .ok("hi") }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            let silent = try await running.connect()
            _ = try await client.exchange(get)
            try await running.wait(.seconds(40))
            _ = try await client.exchange(get)
            #expect(target.connectionsOpened == 1)
            try await running.wait(.seconds(40))
            #expect(try await silent.receiveAll() == "")
            #expect(!client.isClosed)
            try await running.wait(.seconds(40))
            #expect(try await client.receiveAll() == "")
            try await eventually("the pool keeps it") { target.connectionsOpen == 0 }
        }
        await target.stop()
    }

    @Test func aConnectionIsIdleOnlyFromTheEndOfItsAnswerOn() async throws {
        let target = try await ScriptedTarget.start { request in
            request.head.hasPrefix("GET /slow")
                ? .send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n1") : .ok("hi")
        }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            try await client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            for part in ["2", "3"] {
                try await eventually("the target is not asked") { target.requests.count == 1 }
                try await running.wait(.seconds(40))
                try await target.push(part)
                try await eventually("\(part) does not come") { client.received.hasSuffix(part) }
            }
            _ = try await client.response()
            try await running.wait(.seconds(40))
            #expect(try await client.exchange(get).hasSuffix("hi"))
        }
        await target.stop()
    }

    @Test func aConnectionIsNotKeptForever() async throws {
        let target = try await ScriptedTarget.start { _ in .ok("hi") }
        let settings = ConnectionSettings(clientKeepAlive: .seconds(90))
        try await RunningBalancer.with([target.target], settings: settings) { running in
            let client = try await running.connect()
            for _ in 0..<3 {
                #expect(try await client.exchange(get).contains("Connection: keep-alive"))
                try await running.wait(.seconds(25))
            }
            try await client.send(get)
            #expect(try await client.response().contains("Connection: keep-alive"))
            try await running.wait(.seconds(20))
            #expect(try await client.receiveAll() == "")
        }
        await target.stop()
    }
}
