import NIOCore
import NIOHTTP1

/// Answers the requests of one connection, one after the other.
///
/// `/` says which task answers, `/healthz` whether it is well; everything else is 404. Only GET and HEAD are
/// understood.
final class HelloHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let settings: HelloSettings
    private var request: HTTPRequestHead?

    init(settings: HelloSettings) {
        self.settings = settings
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): request = head
        case .body: break
        case .end:
            guard let request else { return }
            self.request = nil
            let context = NIOLoopBound(context, eventLoop: context.eventLoop)
            let handler = NIOLoopBound(self, eventLoop: context.value.eventLoop)
            // Until the answer is written, the pipeline holds the next request back.
            context.value.eventLoop.scheduleTask(in: TimeAmount(settings.delay)) {
                handler.value.answer(request, context.value)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let (status, text) = response(to: request)
        var head = HTTPResponseHead(version: request.version, status: status)
        head.headers.add(name: "content-type", value: "text/plain; charset=utf-8")
        head.headers.add(name: "content-length", value: String(text.utf8.count))
        if status == .methodNotAllowed { head.headers.add(name: "allow", value: "GET, HEAD") }
        if !request.isKeepAlive { head.headers.add(name: "connection", value: "close") }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if request.method != .HEAD, status.mayHaveResponseBody {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
        }
        let isLast = !request.isKeepAlive
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.value.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            if isLast { context.value.close(promise: nil) }
        }
    }

    private func response(to request: HTTPRequestHead) -> (HTTPResponseStatus, String) {
        guard request.method == .GET || request.method == .HEAD else {
            return (.methodNotAllowed, "only GET and HEAD\n")
        }
        switch request.uri.prefix(while: { $0 != "?" }) {
        case "/": return (.ok, "Hello from task \(settings.task) (version \(settings.version))\n")
        case "/healthz":
            let isHealthy = 200..<300 ~= settings.health
            return (HTTPResponseStatus(statusCode: settings.health), isHealthy ? "ok\n" : "failing\n")
        default: return (.notFound, "not found\n")
        }
    }
}
