import NIOCore
import TestSupport
import Testing

@testable import LoadBalancing

@Suite(.tags(.small))
struct ForwardedHeadTests {
    /// The lines that come before those that every request is given.
    private func forwarded(
        _ request: String, settings: ConnectionSettings = ConnectionSettings(), isUpgrade: Bool = false
    ) throws -> [String] {
        var parser = RequestParser()
        var buffer = ByteBuffer(string: request)
        let head = try #require(try parser.next(from: &buffer))
        var generator = SeededGenerator(seed: 1)
        let peer = Peer(try SocketAddress(ipAddress: "10.1.2.3", port: 4567))
        var written = ByteBuffer()
        ForwardedRequest(
            head: head, peer: peer, target: Target("10.0.0.9", 8080), isSecure: false, port: 80, settings: settings,
            traceID: TraceID(seconds: 0x6789_1233, using: &generator), isUpgrade: isUpgrade
        ).write(to: &written)
        let lines = String(buffer: written).split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.suffix(2) == ["", ""])
        return lines.dropLast(2).filter { !$0.hasPrefix("X-Amzn-Trace-Id") }
    }

    private let given = ["X-Forwarded-For: 10.1.2.3", "X-Forwarded-Proto: http", "X-Forwarded-Port: 80"]

    @Test func passesOnWhatTheClientSentAsItSentIt() throws {
        let lines = try forwarded("GET /a?b HTTP/1.0\r\nhOsT:  x:81\r\nX_y: ü\r\nAccept: */*\r\n\r\n")
        #expect(lines == ["GET /a?b HTTP/1.1", "hOsT:  x:81", "X_y: ü", "Accept: */*"] + given)
    }

    @Test func keepsWhatConcernsTheConnectionToItself() throws {
        let lines = try forwarded(
            """
            GET / HTTP/1.1\r\nHost: x\r\nConnection: close, X-Mine, Host\r\nKeep-Alive: 5\r\nTE: trailers\r\nx-mine: 1\r
            Proxy-Connection: close\r\nUpgrade: h2c\r\nA: b\r\nExpect: 100-continue\r\n\r\n
            """)
        #expect(lines == ["GET / HTTP/1.1", "Host: x", "A: b"] + given)
    }

    @Test func tellsWhoAskedAfterThoseWhoToldBefore() throws {
        let request = "GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\n\r\n"
        #expect(try forwarded(request).contains("X-Forwarded-For: 1.1.1.1, 2.2.2.2, 10.1.2.3"))
        let withPort = try forwarded(request, settings: ConnectionSettings(tellsClientPort: true))
        #expect(withPort.contains("X-Forwarded-For: 1.1.1.1, 2.2.2.2, 10.1.2.3:4567"))
        let preserved = try forwarded(request, settings: ConnectionSettings(forwardedHeaders: .preserve))
        #expect(
            preserved.filter { $0.hasPrefix("X-Forwarded-For") } == [
                "X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 2.2.2.2",
            ])
        let removed = try forwarded(request, settings: ConnectionSettings(forwardedHeaders: .remove))
        #expect(!removed.contains { $0.hasPrefix("X-Forwarded-For") })
    }

    @Test func replacesWhatClientsClaimOfThePortAndTheProtocol() throws {
        let lines = try forwarded(
            "GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 443\r\n\r\n")
        #expect(lines == ["GET / HTTP/1.1", "Host: x"] + given)
    }

    @Test func takesOutOddNamesWhereThatIsWanted() throws {
        let lines = try forwarded(
            "GET / HTTP/1.1\r\nHost: x\r\nA_b: 1\r\nA-b: 2\r\n\r\n",
            settings: ConnectionSettings(dropsInvalidHeaders: true))
        #expect(lines == ["GET / HTTP/1.1", "Host: x", "A-b: 2"] + given)
    }

    @Test func turnsTheAbsoluteFormIntoPathAndHost() throws {
        let lines = try forwarded("GET http://y HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(lines == ["GET / HTTP/1.1", "Host: y"] + given)
        let query = try forwarded("GET http://y?q HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(query.first == "GET /?q HTTP/1.1")
    }

    @Test func namesTheTargetWhereTheClientNamesNoHost() throws {
        #expect(try forwarded("GET / HTTP/1.0\r\n\r\n") == ["GET / HTTP/1.1", "Host: 10.0.0.9:8080"] + given)
    }

    @Test func announcesBodiesAndUpgradesAnew() throws {
        let chunked = try forwarded("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:   chunked\r\n\r\n")
        #expect(chunked == ["POST / HTTP/1.1", "Host: x"] + given + ["Transfer-Encoding: chunked"])
        let length = try forwarded(
            "POST / HTTP/1.1\r\nHost: x\r\nConnection: content-length\r\nContent-Length: 3\r\n\r\n")
        #expect(length == ["POST / HTTP/1.1", "Host: x", "Content-Length: 3"] + given)
        let upgrade = try forwarded(
            "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", isUpgrade: true)
        #expect(upgrade == ["GET / HTTP/1.1", "Host: x"] + given + ["Connection: Upgrade", "Upgrade: websocket"])
    }

    struct Trace: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var received: String?
        var sent: String
    }

    @Test(arguments: [
        Trace(testDescription: "none", received: nil, sent: "Root=N"),
        Trace(testDescription: "a root", received: "Root=1-2-3", sent: "Self=N;Root=1-2-3"),
        Trace(testDescription: "a root and more", received: "Root=1-2-3;A=b", sent: "Self=N;Root=1-2-3;A=b"),
        Trace(testDescription: "a Self", received: "Self=1-0-0;Root=1-2-3", sent: "Self=N;Root=1-2-3"),
        Trace(testDescription: "no root", received: "A=b", sent: "Root=N;A=b"),
        Trace(testDescription: "too much", received: "Root=" + String(repeating: "1", count: 8000), sent: "Root=N"),
    ])
    func tracesRequests(_ trace: Trace) {
        var generator = SeededGenerator(seed: 1)
        let id = TraceID(seconds: 0x6789_1233, using: &generator)
        var buffer = ByteBuffer()
        id.writeLine(after: trace.received, to: &buffer)
        let line = String(buffer: buffer)
        let number = line.firstMatch(of: #/1-67891233-[0-9a-f]{24}/#)
        #expect(line.replacing(number?.0 ?? "", with: "N") == "X-Amzn-Trace-Id: \(trace.sent)\r\n")
    }

    @Test func writesDatesAsHeadersDo() {
        #expect("\(HTTPDate(secondsSince1970: 784_111_777))" == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect("\(HTTPDate(secondsSince1970: 0))" == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect("\(HTTPDate(secondsSince1970: 1_709_164_800))" == "Thu, 29 Feb 2024 00:00:00 GMT")
        #expect("\(HTTPDate(secondsSince1970: 1_735_689_599))" == "Tue, 31 Dec 2024 23:59:59 GMT")
    }
}
