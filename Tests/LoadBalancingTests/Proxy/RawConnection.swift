import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import Testing

/// A client that says exactly what it is told to, and keeps what it hears.
final class RawConnection: Sendable {
    struct Timeout: Error, CustomStringConvertible {
        var description: String
    }

    private let channel: any Channel
    private let inbox: Inbox

    private init(_ channel: any Channel, _ inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    /// - Parameter reads: whether it takes what comes before ``startReading()``.
    static func open(
        _ address: String, _ port: Int = 80, isSecure: Bool = false, reads: Bool = true
    ) async throws -> RawConnection {
        let inbox = Inbox()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if isSecure {
                        var configuration = TLSConfiguration.makeClientConfiguration()
                        configuration.certificateVerification = .none
                        let context = try NIOSSLContext(configuration: configuration)
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: nil))
                    }
                    try channel.pipeline.syncOperations.addHandler(InboxHandler(inbox))
                }
            }
            .connect(to: SocketAddress(ipAddress: address, port: port)).get()
        return RawConnection(channel, inbox)
    }

    func startReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
    }

    func send(_ text: String) async throws {
        try await send(ByteBuffer(string: text))
    }

    func send(_ bytes: ByteBuffer) async throws {
        try await channel.writeAndFlush(bytes)
    }

    /// Everything that has come so far, and is not yet taken.
    var received: String { inbox.text.withLock { $0 } }
    var isClosed: Bool { inbox.isClosed.load(ordering: .acquiring) }

    /// Takes what comes until it looks so.
    func receive(until isEnough: (String) -> Bool) async throws -> String {
        try await eventually("\(received.debugDescription) is all that came") { isEnough(self.received) }
        return inbox.text.withLock { text in
            defer { text = "" }
            return text
        }
    }

    /// Takes one response with a body of known length, or in chunks, or without any.
    func response(answersHead: Bool = false) async throws -> String {
        var length = 0
        try await eventually("\(received.debugDescription) is no whole response") {
            guard let whole = wholeResponse(self.received, answersHead: answersHead) else { return false }
            length = whole
            return true
        }
        return inbox.text.withLock { text in
            let response = String(decoding: text.utf8.prefix(length), as: UTF8.self)
            text = String(decoding: text.utf8.dropFirst(length), as: UTF8.self)
            return response
        }
    }

    /// Sends a request and takes the response.
    func exchange(_ request: String) async throws -> String {
        try await send(request)
        return try await response(answersHead: request.hasPrefix("HEAD"))
    }

    /// Takes what comes until the other side closes.
    func receiveAll() async throws -> String {
        try await eventually("the connection stays open after \(received.debugDescription)") { self.isClosed }
        return received
    }

    func close() async {
        try? await channel.close().get()
    }
}

/// Waits for what other threads and the kernel are about to do.
func eventually(
    _ otherwise: @autoclosure () -> String, within limit: Duration = .seconds(30), _ isTrue: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !isTrue() {
        guard ContinuousClock.now < deadline else { throw RawConnection.Timeout(description: otherwise()) }
        // Not by yielding in a loop: that takes the processor from those who are waited for.
        try await MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .milliseconds(1)) {}.futureResult.get()
    }
}

/// The length of the response at the start; `nil` while it is not whole.
private func wholeResponse(_ text: String, answersHead: Bool) -> Int? {
    guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
    let head = text[..<end.upperBound]
    let length = head.utf8.count
    let status = head.dropFirst(9).prefix(3)
    if answersHead || status == "204" || status == "304" || status.hasPrefix("1") { return length }
    if head.lowercased().contains("\r\ntransfer-encoding: chunked\r\n") {
        guard let last = text[end.lowerBound...].firstRange(of: "\r\n0\r\n") else { return nil }
        return text[last.lowerBound...].dropFirst(2).firstRange(of: "\r\n\r\n").map {
            text[..<$0.upperBound].utf8.count
        }
    }
    guard let body = head.firstMatch(of: #/(?i)\r\ncontent-length: (\d+)\r\n/#).flatMap({ Int($0.1) }) else {
        return nil
    }
    return text.utf8.count >= length + body ? length + body : nil
}

private final class Inbox: Sendable {
    let text = Mutex("")
    let isClosed = Atomic(false)
}

private final class InboxHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbox: Inbox

    init(_ inbox: Inbox) {
        self.inbox = inbox
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let text = String(buffer: unwrapInboundIn(data))
        inbox.text.withLock { $0 += text }
    }

    func channelInactive(context: ChannelHandlerContext) {
        inbox.isClosed.store(true, ordering: .releasing)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
