import NIOCore
import NIOHTTP1
import NIOHTTP2

/// Tells by its first bytes whether a client speaks HTTP/2 by prior knowledge (RFC 9113 §3.3), or HTTP/1.1, and leaves the
/// connection to what speaks that.
final class ProtocolSniffer: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// How the preface of HTTP/2 begins, and no request of HTTP/1.1 does.
    private static let preface = Array("PRI * ".utf8)

    private let settings: HelloSettings
    private var received = ByteBuffer()

    init(settings: HelloSettings) {
        self.settings = settings
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        received.writeBuffer(&bytes)
        let isPreface = zip(received.readableBytesView, Self.preface).allSatisfy { $0 == $1 }
        if isPreface, received.readableBytes < Self.preface.count { return }
        do {
            try isPreface ? speakHTTP2(on: context) : speakHTTP1(on: context)
            context.fireChannelRead(wrapInboundOut(received))
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        } catch {
            context.close(promise: nil)
        }
    }

    private func speakHTTP1(on context: ChannelHandlerContext) throws {
        let pipeline = context.pipeline.syncOperations
        try pipeline.configureHTTPServerPipeline()
        try pipeline.addHandler(HelloHandler(settings: settings))
    }

    private func speakHTTP2(on context: ChannelHandlerContext) throws {
        let http2 = NIOHTTP2Handler(mode: .server, eventLoop: context.eventLoop) { [settings] stream in
            stream.eventLoop.makeCompletedFuture {
                let pipeline = stream.pipeline.syncOperations
                try pipeline.addHandler(HTTP2FramePayloadToHTTP1ServerCodec())
                try pipeline.addHandler(HelloHandler(settings: settings))
            }
        }
        try context.pipeline.syncOperations.addHandler(http2)
    }
}
