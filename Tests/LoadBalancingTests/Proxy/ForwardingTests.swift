import FoundationEssentials
import TestSupport
import Testing

@testable import LoadBalancing

/// Requests and responses through real sockets.
@Suite(.tags(.medium), .timeLimit(.minutes(5)))
struct ForwardingTests {
    private let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func requestsGoToTheTargetsInTurn() async throws {
        let first = try await ScriptedTarget.start { _ in .ok("first") }
        let second = try await ScriptedTarget.start { _ in .ok("second") }
        try await RunningBalancer.with([first.target, second.target]) { running in
            let client = try await running.connect()
            var answers: Set<Substring> = []
            for _ in 0..<4 { answers.insert(try await client.exchange(get).suffix(3)) }
            #expect(answers == ["rst", "ond"])
            #expect(running.balancer.counts.requests == 4)
        }
        await first.stop()
        await second.stop()
    }

    @Test func targetsLearnWhoAsked() async throws {
        let target = try await ScriptedTarget.start { _ in .ok("hi") }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            _ = try await client.exchange(
                "GET /p?q HTTP/1.1\r\nHost: example.com\r\nConnection: x-secret\r\nX-Secret: 1\r\n\r\n")
            let request = try #require(target.requests.first)
            #expect(request.head.hasPrefix("GET /p?q HTTP/1.1\r\nHost: example.com\r\nX-Forwarded-For: 127.0.0.1\r\n"))
            #expect(request.header("X-Forwarded-Proto") == "http")
            #expect(request.header("X-Forwarded-Port") == "80")
            #expect(request.header("X-Amzn-Trace-Id")?.wholeMatch(of: #/Root=1-6553f100-[0-9a-f]{24}/#) != nil)
            #expect(request.header("X-Secret") == nil)
        }
        await target.stop()
    }

    @Test func connectionsAreUsedAgainOnBothSides() async throws {
        let target = try await ScriptedTarget.start { .ok("\($0.number)") }
        try await RunningBalancer.with([target.target], limits: ProxyLimits()) { running in
            let client = try await running.connect()
            for number in 0..<5 {
                #expect(try await client.exchange(get).hasSuffix("\r\n\r\n\(number)"))
            }
            #expect(target.connectionsOpened == 1)
        }
        await target.stop()
    }

    @Test func pipelinedRequestsAreAnsweredInTheirOrder() async throws {
        let target = try await ScriptedTarget.start { .ok(String($0.head.split(separator: " ")[1].dropFirst())) }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            try await client.send(
                (1...5).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined()
                    + "POST /6 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            )
            let bodies = try await client.receiveAll().split(separator: "HTTP/1.1 200 OK").map { String($0.suffix(1)) }
            #expect(bodies == ["1", "2", "3", "4", "5", "6", "7"])
        }
        await target.stop()
    }

    struct Body: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var request: String
        /// What the target receives.
        var body: String
    }

    @Test(arguments: [
        Body(
            testDescription: "of known length", request: "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
            body: "hello"),
        Body(
            testDescription: "in chunks",
            request:
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
            body: "hello"),
        Body(
            testDescription: "in chunks, with trailers",
            request: "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n",
            body: "hello"),
        Body(
            testDescription: "for a GET", request: "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
            body: "hello"),
    ])
    func bodiesReachTheTarget(_ body: Body) async throws {
        let target = try await ScriptedTarget.start { _ in .ok("") }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            for byte in body.request.utf8 { try await client.send(String(UnicodeScalar(byte))) }
            _ = try await client.response()
            _ = try await client.exchange(body.request)
            #expect(target.requests.map(\.body) == [body.body, body.body])
            #expect(target.connectionsOpened == 1)
        }
        await target.stop()
    }

    struct Response: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        var reply: ScriptedTarget.Reply
        var answer: String
        var staysOpen = true
    }

    @Test(arguments: [
        Response(
            testDescription: "in chunks",
            reply: .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\nA: b\r\n\r\n"),
            answer:
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n"
        ),
        Response(
            testDescription: "until the target closes", reply: .sendAndClose("HTTP/1.1 200 OK\r\n\r\nhello"),
            answer:
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
        ),
        Response(
            testDescription: "in chunks, to HTTP/1.0", request: "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            reply: .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
            answer: "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello", staysOpen: false),
        Response(
            testDescription: "of known length, to HTTP/1.0 with keep-alive",
            request: "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", reply: .ok("hello"),
            answer: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello"),
        Response(
            testDescription: "to HTTP/1.0", request: "GET / HTTP/1.0\r\n\r\n", reply: .ok("hello"),
            answer: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello", staysOpen: false),
        Response(
            testDescription: "to HEAD", request: "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n",
            reply: .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"),
            answer: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\n"),
        Response(
            testDescription: "204", reply: .send("HTTP/1.1 204 No Content\r\n\r\n"),
            answer: "HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n"),
        Response(
            testDescription: "304 that announces what it does not send",
            reply: .send("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"),
            answer: "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\n"),
        Response(
            testDescription: "early hints before it",
            reply: .send("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
            answer:
                "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n"
        ),
        Response(
            testDescription: "when the client closes",
            request: "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", reply: .ok("hello"),
            answer: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello", staysOpen: false),
    ])
    func responsesReachTheClient(_ response: Response) async throws {
        let target = try await ScriptedTarget.start { _ in response.reply }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            try await client.send(response.request)
            let answer = try await client.receive { $0.utf8.count >= response.answer.utf8.count }
            #expect(answer == response.answer)
            if response.staysOpen {
                _ = try await client.exchange(response.request)
            } else {
                #expect(try await client.receiveAll() == "")
            }
        }
        await target.stop()
    }

    @Test func theTargetDecidesWhetherTheClientIsToContinue() async throws {
        let target = try await ScriptedTarget.start { _ in .ok("done") }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            #expect(try await client.response() == "HTTP/1.1 100 Continue\r\n\r\n")
            try await client.send("hello")
            #expect(try await client.response().hasSuffix("done"))
            #expect(target.requests.first?.body == "hello")
        }
        await target.stop()
    }

    @Test func aClientThatIsNotToContinueHasNoNextRequestOnThatConnection() async throws {
        let target = try await ScriptedTarget.start(continues: false) { _ in .ok("never") }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            let answer = try await client.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 417 "))
            #expect(answer.contains("\r\nConnection: close\r\n"))
        }
        await target.stop()
    }

    @Test func anUpgradedConnectionCarriesAnythingBothWays() async throws {
        let target = try await ScriptedTarget.start { request in
            request.header("Upgrade") == "websocket"
                ? .send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX: y\r\n\r\n")
                : .ok("no upgrade")
        }
        try await RunningBalancer.with([target.target]) { running in
            let client = try await running.connect()
            try await client.send(
                "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\nfirst")
            let answer =
                "HTTP/1.1 101 Switching Protocols\r\nX: y\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nfirst"
            #expect(try await client.receive { $0.utf8.count >= answer.utf8.count } == answer)
            try await client.send("GET / no longer means anything\n")
            #expect(try await client.receive { $0.hasSuffix("\n") } == "GET / no longer means anything\n")
            await target.closeConnections()
            #expect(try await client.receiveAll() == "")
        }
        await target.stop()
    }

    @Test func listenersAndTargetsSpeakTLS() async throws {
        let identity = try TLSIdentity.selfSigned(for: ["example.com", "127.0.0.1", "::1"], validSince: .now)
        let target = try await ScriptedTarget.start(identity: identity) { .ok($0.header("X-Forwarded-Proto") ?? "") }
        try await RunningBalancer.with(
            [target.target], identity: identity, change: { $0.targetGroups[RunningBalancer.group]?.isSecure = true }
        ) { running in
            let client = try await running.connect(isSecure: true)
            #expect(try await client.exchange(get).hasSuffix("\r\n\r\nhttps"))
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(try await client.receiveAll().hasSuffix("\r\n\r\nhttps"))
        }
        await target.stop()
    }
}
