package import NIOCore
import NIOPosix
import NIOSSL

/// Asks a target for its health by a `GET` on a connection of its own, which is closed afterwards.
///
/// What counts is the status of the answer, once all its headers are there; the body is not waited for. The timeout is
/// real time, whatever clock says when to ask. Certificates are not checked.
package struct HTTPProber: Sendable {
    private let userAgent: String
    private let eventLoops: any EventLoopGroup
    private let tls: NIOSSLContext

    package init(
        userAgent: String, eventLoops: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) throws {
        tls = try .toTargets()
        self.userAgent = userAgent
        self.eventLoops = eventLoops
    }

    /// Ends early, with a failure, where the task is cancelled.
    package func probe(_ check: HealthCheck, _ target: Target) async -> ProbeResult {
        let eventLoop = eventLoops.next()
        let timeout = TimeAmount(check.timeout)
        // Whoever comes first decides: the answer, the end of the connection, the timeout or the cancellation.
        let result = eventLoop.makePromise(of: ProbeResult.self)
        let connection = connect(check, target, timeout: timeout, result: result, on: eventLoop)
        connection.whenFailure { error in
            if case ChannelError.connectTimeout? = error as? ChannelError {
                result.succeed(.failed(.timeout))
            } else {
                result.succeed(.failed(.noConnection))
            }
        }
        let deadline = eventLoop.scheduleTask(in: timeout) { result.succeed(.failed(.timeout)) }
        defer {
            deadline.cancel()
            connection.whenSuccess { $0.close(promise: nil) }
        }
        return await withTaskCancellationHandler {
            (try? await result.futureResult.get()) ?? .failed(.noConnection)
        } onCancel: {
            result.succeed(.failed(.noConnection))
        }
    }

    private func connect(
        _ check: HealthCheck, _ target: Target, timeout: TimeAmount, result: EventLoopPromise<ProbeResult>,
        on eventLoop: any EventLoop
    ) -> EventLoopFuture<any Channel> {
        let port = check.port ?? target.port
        let request = Self.request(path: check.path, address: target.address, port: port, userAgent: userAgent)
        let handler = { @Sendable in
            ProbeHandler(request: request, passingStatuses: check.passingStatuses, result: result)
        }
        let bootstrap = ClientBootstrap(group: eventLoop).connectTimeout(timeout).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                if check.isSecure { try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: nil)) }
                if check.speaksHTTP2 {
                    try HTTP2Stream.prepare(channel)
                } else {
                    try pipeline.addHandler(handler())
                }
            }
        }
        let address = try? SocketAddress(ipAddress: target.address, port: port)
        let connection =
            address.map { bootstrap.connect(to: $0) } ?? bootstrap.connect(host: target.address, port: port)
        guard check.speaksHTTP2 else { return connection }
        return connection.flatMap { channel in
            HTTP2Stream.open(on: channel, isSecure: check.isSecure) {
                try $0.pipeline.syncOperations.addHandler(handler())
            }.map { _ in channel }
        }
    }

    static func request(path: String, address: String, port: Int, userAgent: String) -> String {
        let host = address.contains(":") ? "[\(address)]" : address
        return "GET \(path) HTTP/1.1\r\nHost: \(host):\(port)\r\nConnection: close\r\nUser-Agent: \(userAgent)\r\n"
            + "Accept-Encoding: gzip, compressed\r\n\r\n"
    }
}

/// Sends the request as soon as there is a connection, and tells the result of the answer.
private final class ProbeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let request: String
    private let passingStatuses: [ClosedRange<Int>]
    private let result: EventLoopPromise<ProbeResult>
    private var reader = StatusReader()

    init(request: String, passingStatuses: [ClosedRange<Int>], result: EventLoopPromise<ProbeResult>) {
        self.request = request
        self.passingStatuses = passingStatuses
        self.result = result
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(string: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch reader.read(unwrapInboundIn(data).readableBytesView) {
        case .incomplete: break
        case .unreadable: result.succeed(.failed(.unreadable))
        case .status(let status):
            let isPassing = passingStatuses.contains { $0.contains(status) }
            result.succeed(isPassing ? .passed : .failed(.status(status)))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        result.succeed(.failed(.noConnection))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        result.succeed(.failed(.noConnection))
        context.close(promise: nil)
    }
}
