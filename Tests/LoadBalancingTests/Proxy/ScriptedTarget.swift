import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

@testable import LoadBalancing

/// A server whose answers a test decides, and that remembers what it was asked.
final class ScriptedTarget: Sendable {
    /// What is done about a request, once it has arrived whole.
    enum Reply: Sendable {
        /// Sends these bytes.
        case send(String)
        case sendAndClose(String)
        case close
        /// Does nothing, and keeps the connection.
        case wait

        /// An ordinary answer.
        static func ok(_ body: String, headers: String = "") -> Reply {
            .send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
        }
    }

    typealias Script = @Sendable (Request) -> Reply

    /// One request, and which of its connection it is, from 0.
    struct Request: Sendable {
        var head: String
        var body: String
        var number: Int

        /// The line after `name: `.
        func header(_ name: String) -> String? {
            head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }
                .map { String($0.dropFirst(name.count + 2)) }
        }
    }

    let target: Target
    private let channel: any Channel
    fileprivate let log: Log

    fileprivate final class Log: Sendable {
        let requests = Mutex<[Request]>([])
        let connections = Mutex<(opened: Int, open: [ObjectIdentifier: any Channel])>((0, [:]))
    }

    private init(_ target: Target, _ channel: any Channel, _ log: Log) {
        self.target = target
        self.channel = channel
        self.log = log
    }

    /// - Parameter continues: whether the bodies of requests with `Expect: 100-continue` are wanted.
    static func start(
        at target: Target = .unused(), identity: TLSIdentity? = nil, continues: Bool = true, _ script: @escaping Script
    ) async throws -> ScriptedTarget {
        let log = Log()
        let tls = try identity.map { try NIOSSLContext($0) }
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(
                        ScriptHandler(script: script, continues: continues, log: log))
                }
            }
            .bind(to: SocketAddress(ipAddress: target.address, port: target.port)).get()
        return ScriptedTarget(target, channel, log)
    }

    var requests: [Request] { log.requests.withLock { $0 } }
    var connectionsOpened: Int { log.connections.withLock { $0.opened } }
    var connectionsOpen: Int { log.connections.withLock { $0.open.count } }

    /// Closes all connections, as if the server had been restarted.
    func closeConnections() async {
        for channel in log.connections.withLock({ Array($0.open.values) }) { try? await channel.close().get() }
    }

    /// Sends this on every connection, asked or not.
    func push(_ text: String) async throws {
        for channel in log.connections.withLock({ Array($0.open.values) }) {
            try await channel.writeAndFlush(ByteBuffer(string: text))
        }
    }

    func stop() async {
        try? await channel.close().get()
        await closeConnections()
    }
}

extension Target {
    /// An address of this machine that nobody else is likely to use at the same time.
    static func unused(port: Int = 8080) -> Target {
        let address = (0..<3).map { _ in String(Int.random(in: 2...250)) }.joined(separator: ".")
        return Target("127.\(address)", port)
    }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let script: ScriptedTarget.Script
    private let continues: Bool
    private let log: ScriptedTarget.Log
    private var inbound = ByteBuffer()
    private var parser = RequestParser()
    private var current: (head: RequestHead, reader: BodyReader, body: ByteBuffer)?
    private var number = 0
    /// After an upgrade, bytes are sent back as they come.
    private var echoes = false

    init(script: @escaping ScriptedTarget.Script, continues: Bool, log: ScriptedTarget.Log) {
        self.script = script
        self.continues = continues
        self.log = log
    }

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        log.connections.withLock { connections in
            connections.opened += 1
            connections.open[ObjectIdentifier(channel)] = channel
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let channel = context.channel
        log.connections.withLock { $0.open[ObjectIdentifier(channel)] = nil }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if echoes { return context.writeAndFlush(data, promise: nil) }
        inbound.writeImmutableBuffer(unwrapInboundIn(data))
        while (try? step(context)) == true {}
    }

    private func step(_ context: ChannelHandlerContext) throws -> Bool {
        guard case (let head, var reader, var body)? = current else {
            guard let head = try parser.next(from: &inbound) else { return false }
            if head.expectsContinue {
                guard continues else {
                    send("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n", context)
                    return true
                }
                send("HTTP/1.1 100 Continue\r\n\r\n", context)
            }
            current = (head, BodyReader(head.framing), ByteBuffer())
            return true
        }
        switch try reader.next(from: &inbound) {
        case .needsMore:
            current = (head, reader, body)
            return false
        case .data(let data):
            body.writeImmutableBuffer(data)
            current = (head, reader, body)
        case .end:
            current = nil
            answer(
                .init(head: String(buffer: head.bytes), body: String(buffer: body), number: number), context)
            number += 1
        }
        return true
    }

    private func answer(_ request: ScriptedTarget.Request, _ context: ChannelHandlerContext) {
        log.requests.withLock { $0.append(request) }
        switch script(request) {
        case .send(let text):
            echoes = text.hasPrefix("HTTP/1.1 101")
            send(text, context)
        case .sendAndClose(let text):
            send(text, context)
            context.close(promise: nil)
        case .close:
            context.close(promise: nil)
        case .wait:
            break
        }
    }

    private func send(_ text: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
