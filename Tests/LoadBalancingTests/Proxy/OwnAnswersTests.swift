import TestSupport
import Testing

@testable import LoadBalancing

/// What the balancer answers by itself, and when.
@Suite(.tags(.medium), .timeLimit(.minutes(5)))
struct OwnAnswersTests {
    private let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func rulesAnswerAndRedirect() async throws {
        try await RunningBalancer.with([]) { running in
            await running.change { configuration in
                configuration.listeners[RunningBalancer.listener]?.rules = [
                    Rule(
                        conditions: [.path([.wildcard("/fixed")])],
                        action: .fixedResponse(FixedResponse(status: 418, body: "short and stout"))),
                    Rule(
                        conditions: [.path([.wildcard("/moved/*")])],
                        action: .redirect(RedirectAction(isPermanent: false, path: "/to/#{path}"))),
                ]
            }
            let client = try await running.connect()
            let fixed = try await client.exchange("POST /fixed HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
            #expect(
                fixed.hasPrefix("HTTP/1.1 418 I'm a teapot\r\nServer: lb\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\n"))
            #expect(fixed.hasSuffix("\r\n\r\nshort and stout"))
            let moved = try await client.exchange("GET /moved/a?b=c HTTP/1.1\r\nHost: X.example:80\r\n\r\n")
            #expect(moved.hasPrefix("HTTP/1.1 302 Found\r\n"))
            #expect(moved.contains("\r\nLocation: http://X.example:80/to/moved/a?b=c\r\n"))
            #expect(try await client.exchange(get).hasPrefix("HTTP/1.1 503 Service Temporarily Unavailable\r\n"))
            #expect(running.balancer.counts.ownAnswers == [418: 1, 302: 1, 503: 1])
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var request: String
        var status: Int
    }

    @Test(arguments: [
        Refusal(
            testDescription: "smuggling",
            request: "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
            status: 400),
        Refusal(testDescription: "TLS to a plain port", request: "\u{16}\u{3}\u{1}", status: 400),
        Refusal(testDescription: "a long target", request: "GET /" + String(repeating: "a", count: 17000), status: 414),
        Refusal(
            testDescription: "a long header", request: "GET / HTTP/1.1\r\nA: " + String(repeating: "a", count: 17000),
            status: 400),
        Refusal(
            testDescription: "an encoding nobody knows",
            request: "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", status: 501),
        Refusal(testDescription: "HTTP/2", request: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", status: 505),
        Refusal(
            testDescription: "a malformed chunk",
            request: "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n", status: 400),
    ])
    func refusesAndCloses(_ refusal: Refusal) async throws {
        let target = try await ScriptedTarget.start { _ in .ok("never") }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            try await client.send(refusal.request)
            let answer = try await client.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 \(refusal.status) "))
            #expect(answer.contains("\r\nConnection: close\r\n"))
            #expect(target.requests.isEmpty)
        }
        await target.stop()
    }

    @Test func doesNotTraceRequests() async throws {
        try await RunningBalancer.with([]) { running in
            let client = try await running.connect()
            #expect(try await client.exchange("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n").hasPrefix("HTTP/1.1 405 "))
        }
    }

    struct Breakage: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var reply: ScriptedTarget.Reply
    }

    @Test(arguments: [
        Breakage(testDescription: "closes", reply: .close),
        Breakage(testDescription: "sends no HTTP", reply: .send("hello\r\n\r\n")),
        Breakage(
            testDescription: "sends what could be read in two ways",
            reply: .send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")),
        Breakage(testDescription: "closes within the head", reply: .sendAndClose("HTTP/1.1 200 OK\r\nConten")),
        Breakage(
            testDescription: "switches protocols unasked", reply: .send("HTTP/1.1 101 Switching Protocols\r\n\r\n")),
    ])
    func answers502ForATargetThat(_ breakage: Breakage) async throws {
        let target = try await ScriptedTarget.start { _ in breakage.reply }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            for request in [get, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"] {
                #expect(try await client.exchange(request).hasPrefix("HTTP/1.1 502 Bad Gateway\r\n"))
            }
        }
        await target.stop()
    }

    @Test func answers502WhereNobodyListens() async throws {
        try await RunningBalancer.with([.unused(), Target("no address", 80)]) { running in
            let client = try await running.connect()
            for _ in 0..<2 { #expect(try await client.exchange(get).hasPrefix("HTTP/1.1 502 ")) }
        }
    }

    @Test func answers502WhereTLSFails() async throws {
        let target = try await ScriptedTarget.start { _ in .ok("plain") }
        try await RunningBalancer.with(
            [target.target], change: { $0.targetGroups[RunningBalancer.group]?.isSecure = true }
        ) { running in
            // A plain server reads the start of TLS as a malformed request and waits: give it bytes to choke on.
            let client = try await running.connect()
            try await client.send(get)
            try await eventually("no connection") { target.connectionsOpen > 0 }
            await target.closeConnections()
            #expect(try await client.response().hasPrefix("HTTP/1.1 502 "))
        }
        await target.stop()
    }

    @Test func endsAResponseEarlyThatTheTargetDoesNotFinish() async throws {
        let target = try await ScriptedTarget.start { _ in
            .sendAndClose("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
        }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            try await client.send(get)
            #expect(try await client.receiveAll().hasSuffix("\r\n\r\nhello"))
        }
        await target.stop()
    }

    @Test func sendsARequestAgainWhenThePooledConnectionTurnsOutClosed() async throws {
        // The second request on a connection finds it closing.
        let target = try await ScriptedTarget.start { $0.number == 0 ? .ok("yes") : .close }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            for _ in 0..<3 { #expect(try await client.exchange(get).hasSuffix("yes")) }
            #expect(running.balancer.counts.retries == 2)
            // One that could do harm is not sent twice.
            let post = try await client.exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na")
            #expect(post.hasPrefix("HTTP/1.1 502 "))
            #expect(target.requests.count == 6)
        }
        await target.stop()
    }

    @Test func answersEarlyAndTakesTheRestOfTheBody() async throws {
        try await RunningBalancer.with([]) { running in
            let client = try await running.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc")
            #expect(try await client.response().hasPrefix("HTTP/1.1 503 "))
            try await client.send("def" + get)
            #expect(try await client.response().hasPrefix("HTTP/1.1 503 "))
        }
    }

    @Test func countsClientsThatDoNotWait() async throws {
        let target = try await ScriptedTarget.start { _ in .wait }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            try await client.send(get)
            try await eventually("no request") { target.requests.count == 1 }
            #expect(running.balancer.outstanding(TargetKey(RunningBalancer.group, target.target)) == 1)
            await client.close()
            try await eventually("not counted") { running.balancer.counts.ownAnswers[460] == 1 }
            try await eventually("the target goes on in vain") { target.connectionsOpen == 0 }
            #expect(running.balancer.outstanding(TargetKey(RunningBalancer.group, target.target)) == 0)
        }
        await target.stop()
    }
}
