import FoundationEssentials
import NIOCore
import NIOPosix
import NIOSSL
import TestSupport
import Testing

@testable import LoadBalancing

/// A server on loopback that answers every connection with the same bytes, whatever it is sent.
private struct CannedServer: Sendable {
    var port: Int
    /// What each connection sent first.
    var requests: AsyncStream<String>

    /// - Parameter answer: `nil`: none ever; empty: the connection is closed.
    /// - Parameter tls: `nil`: plain HTTP.
    static func with<Result>(
        answer: String?, tls: NIOSSLContext? = nil, _ body: (CannedServer) async throws -> Result
    ) async throws -> Result {
        let (requests, continuation) = AsyncStream.makeStream(of: String.self)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(Answerer(answer: answer, requests: continuation))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let server = CannedServer(port: channel.localAddress?.port ?? 0, requests: requests)
            let result = try await body(server)
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }
}

private final class Answerer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: String?
    private let requests: AsyncStream<String>.Continuation

    init(answer: String?, requests: AsyncStream<String>.Continuation) {
        self.answer = answer
        self.requests = requests
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        requests.yield(String(buffer: unwrapInboundIn(data)))
        guard let answer else { return }
        if answer.isEmpty {
            context.close(promise: nil)
        } else {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        }
    }
}

@Suite(.tags(.medium), .timeLimit(.minutes(1)))
struct HTTPProberTests {
    private let prober: HTTPProber

    init() throws {
        prober = try HTTPProber(userAgent: "Checker/1.0")
    }

    @Test(
        "the status of the answer decides",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nnot all of it", ProbeResult.passed),
            ("HTTP/1.1 302 Found\r\n\r\n", .passed), ("HTTP/1.1 404 Not Found\r\n\r\n", .failed(.status(404))),
            ("hello\r\n", .failed(.unreadable)), ("", .failed(.noConnection)),
        ])
    func status(_ answer: String, _ result: ProbeResult) async throws {
        let check = HealthCheck(passingStatuses: [200...299, 302...302])
        try await CannedServer.with(answer: answer) { server in
            #expect(await prober.probe(check, Target("127.0.0.1", server.port)) == result)
        }
    }

    @Test("a target is asked for the path at the port of the check, by name of the asker")
    func request() async throws {
        try await CannedServer.with(answer: "HTTP/1.1 200 OK\r\n\r\n") { server in
            let check = HealthCheck(port: server.port, path: "/healthz?full")
            #expect(await prober.probe(check, Target("127.0.0.1", 1)) == .passed)
            var requests = server.requests.makeAsyncIterator()
            let request = try #require(await requests.next())
            #expect(request.hasPrefix("GET /healthz?full HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"))
            #expect(request.contains("\r\nUser-Agent: Checker/1.0\r\n"))
            #expect(request.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("a target may be asked over TLS, whatever its certificate")
    func overTLS() async throws {
        let identity = try TLSIdentity.selfSigned(for: ["somebody.else"], validSince: Date(timeIntervalSince1970: 0))
        try await CannedServer.with(answer: "HTTP/1.1 200 OK\r\n\r\n", tls: NIOSSLContext(identity)) { server in
            let target = Target("127.0.0.1", server.port)
            #expect(await prober.probe(HealthCheck(isSecure: true), target) == .passed)
            #expect(await prober.probe(HealthCheck(isSecure: false), target) == .failed(.noConnection))
        }
        try await CannedServer.with(answer: "HTTP/1.1 400 Bad Request\r\n\r\n") { server in
            let target = Target("127.0.0.1", server.port)
            #expect(await prober.probe(HealthCheck(isSecure: true), target) == .failed(.noConnection))
        }
    }

    @Test("a target that does not answer in time has not passed")
    func timeout() async throws {
        let check = HealthCheck(timeout: .milliseconds(50))
        try await CannedServer.with(answer: nil) { server in
            #expect(await prober.probe(check, Target("127.0.0.1", server.port)) == .failed(.timeout))
        }
        try await CannedServer.with(answer: "HTTP/1.1 200 OK\r\n") { server in
            #expect(await prober.probe(check, Target("127.0.0.1", server.port)) == .failed(.timeout))
        }
    }

    @Test("where nobody listens there is no connection")
    func refused() async throws {
        let port = try await CannedServer.with(answer: nil) { $0.port }
        #expect(await prober.probe(HealthCheck(), Target("127.0.0.1", port)) == .failed(.noConnection))
    }

    @Test("a check that is cancelled ends at once")
    func cancelled() async throws {
        let prober = prober
        try await CannedServer.with(answer: nil) { server in
            let task = Task { await prober.probe(HealthCheck(timeout: .seconds(60)), Target("127.0.0.1", server.port)) }
            var requests = server.requests.makeAsyncIterator()
            _ = await requests.next()
            task.cancel()
            #expect(await task.value == .failed(.noConnection))
        }
    }
}
