import Glibc
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import LoadBalancing

/// A body of a gibibyte goes through without being kept, whoever is slower.
@Suite(.tags(.medium), .timeLimit(.minutes(5)), .serialized)
struct LargeBodyTests {
    private static let size = 1 << 30
    /// More than all buffers of all sockets on the way, and far less than the body.
    private static let allowance = 100 << 20

    @Test(arguments: [false, true])
    func aResponseNeedsNoMemory(isChunked: Bool) async throws {
        let target = try await Bulk.serve { request in
            isChunked
                ? "HTTP/1.1 200 OK\r\n\r\n"
                : "HTTP/1.1 200 OK\r\nContent-Length: \(Self.size)\r\n\r\n"
        }
        try await RunningBalancer.with([target.target]) { running in
            let before = try residentSize()
            let client = try await Bulk.connect(to: running.address)
            client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            var largest = before
            try await eventually("\(client.received) bytes came", within: .seconds(120)) {
                largest = max(largest, try residentSize())
                return client.isClosed
            }
            #expect(client.received >= Self.size)
            #expect(largest - before < Self.allowance)
        }
        await target.stop()
    }

    @Test(arguments: [false, true])
    func aRequestNeedsNoMemory(isChunked: Bool) async throws {
        let target = try await Bulk.sink(of: Self.size)
        try await RunningBalancer.with([target.target]) { running in
            let before = try residentSize()
            let client = try await Bulk.connect(to: running.address)
            client.send(
                "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + (isChunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: \(Self.size)\r\n\r\n"))
            client.sendBody(of: Self.size, isChunked: isChunked)
            var largest = before
            try await eventually("\(target.received) bytes came", within: .seconds(120)) {
                largest = max(largest, try residentSize())
                return client.isClosed
            }
            #expect(target.received >= Self.size)
            #expect(largest - before < Self.allowance)
        }
        await target.stop()
    }

    @Test func aClientThatReadsNothingStopsTheTarget() async throws {
        let target = try await Bulk.serve { _ in "HTTP/1.1 200 OK\r\nContent-Length: \(Self.size)\r\n\r\n" }
        try await RunningBalancer.with([target.target]) { running in
            let before = try residentSize()
            let client = try await Bulk.connect(to: running.address, reads: false)
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            var (sent, unchanged) = (0, 0)
            try await eventually("the target goes on sending") {
                unchanged = target.sent > 0 && target.sent == sent ? unchanged + 1 : 0
                sent = target.sent
                return unchanged == 200
            }
            #expect(sent < Self.allowance)
            #expect(try residentSize() - before < Self.allowance)
            try await running.wait(.seconds(62))
            try await eventually("the target waits forever") { target.isIdle }
        }
        await target.stop()
    }
}

/// In bytes, of this program.
private func residentSize() throws -> Int {
    let file = try #require(fopen("/proc/self/statm", "r"))
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    fgets(&line, Int32(line.count), file)
    let words = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: " "))
    return try #require(words.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) })
        * Int(getpagesize())
}

/// One end of a connection on which much is sent.
private final class Bulk: Sendable {
    let target: Target
    private let channel: any Channel
    private let counters: Counters

    final class Counters: Sendable {
        let received = Atomic(0)
        let sent = Atomic(0)
        let open = Atomic(0)
    }

    private init(_ target: Target, _ channel: any Channel, _ counters: Counters) {
        self.target = target
        self.channel = channel
        self.counters = counters
    }

    var received: Int { counters.received.load(ordering: .relaxed) }
    var sent: Int { counters.sent.load(ordering: .relaxed) }
    var isClosed: Bool { !channel.isActive }
    var isIdle: Bool { counters.open.load(ordering: .relaxed) == 0 }

    /// Answers with this head and a gibibyte, and closes.
    static func serve(_ head: @escaping @Sendable (String) -> String) async throws -> Bulk {
        try await listen { BulkHandler($0, answer: head, size: 1 << 30) }
    }

    /// Takes so many bytes and then answers.
    static func sink(of size: Int) async throws -> Bulk {
        try await listen { BulkHandler($0, expected: size) }
    }

    private static func listen(_ handler: @escaping @Sendable (Counters) -> BulkHandler) async throws -> Bulk {
        let counters = Counters()
        let target = Target.unused()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(handler(counters))
                }
            }
            .bind(to: SocketAddress(ipAddress: target.address, port: target.port)).get()
        return Bulk(target, channel, counters)
    }

    static func connect(to address: String, reads: Bool = true) async throws -> Bulk {
        let counters = Counters()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(BulkHandler(counters))
                }
            }
            .connect(to: SocketAddress(ipAddress: address, port: 80)).get()
        return Bulk(Target(address, 80), channel, counters)
    }

    func send(_ text: String) {
        channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    }

    func sendBody(of size: Int, isChunked: Bool) {
        channel.pipeline.fireUserInboundEventTriggered(BulkHandler.Start(size: size, isChunked: isChunked))
    }

    func stop() async {
        try? await channel.close().get()
    }
}

/// Sends much as fast as it is taken, and counts what comes.
private final class BulkHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    struct Start: Sendable {
        var size: Int
        var isChunked: Bool
    }

    private static let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 64 << 10)
    private static let chunk = ByteBuffer(string: "10000\r\n" + String(repeating: "x", count: 64 << 10) + "\r\n")

    private let counters: Bulk.Counters
    private let answer: (@Sendable (String) -> String)?
    private let expected: Int?
    private var size: Int
    private var remaining = 0
    private var isChunked = false

    init(
        _ counters: Bulk.Counters, answer: (@Sendable (String) -> String)? = nil, expected: Int? = nil, size: Int = 0
    ) {
        self.counters = counters
        self.answer = answer
        self.expected = expected
        self.size = size
    }

    func channelActive(context: ChannelHandlerContext) {
        counters.open.wrappingAdd(1, ordering: .relaxed)
    }

    func channelInactive(context: ChannelHandlerContext) {
        counters.open.wrappingSubtract(1, ordering: .relaxed)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        let (_, received) = counters.received.wrappingAdd(bytes.readableBytes, ordering: .relaxed)
        if let answer {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer(String(buffer: bytes)))), promise: nil)
            remaining = size
            proceed(context)
        } else if let expected, received >= expected, String(buffer: bytes).hasSuffix(isWhole(received, expected)) {
            let response = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(response), promise: nil)
        }
    }

    /// Chunks end with an empty one; a body of known length with its last byte.
    private func isWhole(_ received: Int, _ expected: Int) -> String {
        received > expected + 10_000 ? "0\r\n\r\n" : "x"
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let start = event as? Start else { return }
        remaining = start.size
        isChunked = start.isChunked
        proceed(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        proceed(context)
    }

    private func proceed(_ context: ChannelHandlerContext) {
        while remaining > 0, context.channel.isWritable {
            remaining -= Self.piece.readableBytes
            counters.sent.wrappingAdd(Self.piece.readableBytes, ordering: .relaxed)
            context.writeAndFlush(wrapOutboundOut(isChunked ? Self.chunk : Self.piece), promise: nil)
            guard remaining == 0 else { continue }
            if isChunked { context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "0\r\n\r\n")), promise: nil) }
            if answer != nil { context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in } }
            if answer != nil { context.close(mode: .output, promise: nil) }
        }
    }
}
