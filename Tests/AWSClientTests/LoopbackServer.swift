import AWSClient
import NIOCore
import NIOPosix

/// A server on this machine that reads one request a connection and answers with bytes as they are.
struct LoopbackServer {
    enum Behaviour: Sendable {
        /// Sends these bytes and closes the connection.
        case answer(String)
        /// Answers with the request itself as the body.
        case echo
        /// Speaks first.
        case banner(String)
        /// Never says anything.
        case silence
    }

    let address: EndpointAddress

    static func with<Result>(
        _ behaviour: Behaviour, _ body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 16)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Responder(behaviour))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let address = EndpointAddress(scheme: .http, host: "127.0.0.1", port: channel.localAddress?.port)
        do {
            let result = try await body(LoopbackServer(address: address))
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }
}

/// Collects a request until its body is complete.
private final class Responder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let behaviour: LoopbackServer.Behaviour
    private var request = ""

    init(_ behaviour: LoopbackServer.Behaviour) {
        self.behaviour = behaviour
    }

    func channelActive(context: ChannelHandlerContext) {
        if case .banner(let banner) = behaviour { send(banner, context) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        request += String(buffer: unwrapInboundIn(data))
        guard let end = request.firstRange(of: "\r\n\r\n") else { return }
        let length = request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst("content-length: ".count)) }
        guard request[end.upperBound...].utf8.count >= length ?? 0 else { return }
        switch behaviour {
        case .answer(let answer): send(answer, context)
        case .echo:
            send("HTTP/1.1 200 OK\r\nX-Echo: yes\r\nContent-Length: \(request.utf8.count)\r\n\r\n\(request)", context)
        case .banner, .silence: return
        }
    }

    private func send(_ answer: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        context.close(promise: nil)
    }
}
