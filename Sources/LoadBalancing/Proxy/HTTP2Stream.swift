import NIOCore
import NIOHPACK
import NIOHTTP2

/// Carries one request to a target that speaks HTTP/2, and what comes back, for a handler that speaks HTTP/1.1.
///
/// The response says that the connection ends with it: each request has a connection, of which this is the only stream.
final class HTTP2Stream: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = HTTP2Frame.FramePayload

    private enum Request {
        case head
        case body(BodyReader)
        case complete
    }

    private let scheme: String
    private var request = Request.head
    private var parser = RequestParser()
    private var outgoing = ByteBuffer()
    private var answersHead = false
    /// The response does not say how long its body is.
    private var isChunked = false

    init(isSecure: Bool) {
        scheme = isSecure ? "https" : "http"
    }

    // MARK: The request

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var bytes = unwrapOutboundIn(data)
        outgoing.writeBuffer(&bytes)
        do {
            try send(on: context)
            promise?.succeed()
        } catch {
            promise?.fail(error)
            context.fireErrorCaught(error)
        }
    }

    private func send(on context: ChannelHandlerContext) throws(MessageFault) {
        while true {
            switch request {
            case .head:
                guard let head = try parser.next(from: &outgoing) else { return }
                answersHead = head.method == .head
                let isWhole = head.framing == .none || head.framing == .length(0)
                request = isWhole ? .complete : .body(BodyReader(head.framing))
                context.write(
                    wrapOutboundOut(.headers(.init(headers: head.pseudoHeaders(scheme: scheme), endStream: isWhole))),
                    promise: nil)
            case .body(var body):
                let part = try body.next(from: &outgoing)
                request = .body(body)
                switch part {
                case .needsMore: return
                case .data(let data):
                    context.write(wrapOutboundOut(.data(.init(data: .byteBuffer(data)))), promise: nil)
                case .end:
                    request = .complete
                    context.write(
                        wrapOutboundOut(.data(.init(data: .byteBuffer(ByteBuffer()), endStream: true))), promise: nil)
                }
            case .complete: return
            }
        }
    }

    // MARK: The response

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = ByteBuffer()
        switch unwrapInboundIn(data) {
        case .headers(let headers): write(headers, to: &bytes)
        case .data(let data):
            guard case .byteBuffer(let body) = data.data else { return }
            write(body, to: &bytes)
            if data.endStream, isChunked { bytes.writeStaticString("0\r\n\r\n") }
        case .priority, .rstStream, .settings, .pushPromise, .ping, .goAway, .windowUpdate, .alternativeService,
            .origin:
            return
        }
        if bytes.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(bytes)) }
    }

    private func write(_ body: ByteBuffer, to bytes: inout ByteBuffer) {
        guard body.readableBytes > 0 else { return }
        if isChunked { bytes.writeString("\(String(body.readableBytes, radix: 16))\r\n") }
        bytes.writeImmutableBuffer(body)
        if isChunked { bytes.writeStaticString("\r\n") }
    }

    private func write(_ frame: HTTP2Frame.FramePayload.Headers, to bytes: inout ByteBuffer) {
        guard let status = frame.headers.first(name: ":status") else {
            // Trailers are left out, as a client would have to ask for them.
            if frame.endStream, isChunked { bytes.writeStaticString("0\r\n\r\n") }
            return
        }
        bytes.writeString("HTTP/1.1 \(status) \r\n")
        for (name, value, _) in frame.headers where !name.hasPrefix(":") {
            bytes.writeString("\(name): \(value)\r\n")
        }
        if !status.hasPrefix("1") {
            let mayHaveBody = !answersHead && status != "204" && status != "304"
            if mayHaveBody, frame.headers.first(name: "content-length") == nil {
                isChunked = !frame.endStream
                bytes.writeStaticString(isChunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: 0\r\n")
            }
            bytes.writeStaticString("Connection: close\r\n")
        }
        bytes.writeStaticString("\r\n")
    }
}

extension HTTP2Stream {
    /// Has a channel to a target speak HTTP/2 by prior knowledge (RFC 9113 §3.3).
    static func prepare(_ channel: any Channel) throws {
        let http2 = NIOHTTP2Handler(mode: .client, eventLoop: channel.eventLoop) { pushed in
            pushed.close()
        }
        try channel.pipeline.syncOperations.addHandler(http2)
    }

    /// Opens the one stream of a connection, which ends with it, and adds to it what speaks HTTP/1.1.
    static func open(
        on channel: any Channel, isSecure: Bool, _ initialize: @escaping @Sendable (any Channel) throws -> Void
    ) -> EventLoopFuture<any Channel> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.handler(type: NIOHTTP2Handler.self).syncMultiplexer()
        }.flatMap { multiplexer in
            multiplexer.createStreamChannel { stream in
                stream.closeFuture.whenComplete { _ in channel.close(promise: nil) }
                return stream.eventLoop.makeCompletedFuture {
                    try stream.pipeline.syncOperations.addHandler(HTTP2Stream(isSecure: isSecure))
                    try initialize(stream)
                }
            }
        }
    }
}

extension RequestHead {
    /// The head in the words of HTTP/2 (RFC 9113 §8.3), without what speaks of a connection of HTTP/1.1.
    fileprivate func pseudoHeaders(scheme: String) -> HPACKHeaders {
        let path = bytes.text(target.pathAndQuery)
        var headers = HPACKHeaders([
            (":method", bytes.text(methodRange)), (":scheme", scheme), (":path", path.isEmpty ? "/" : path),
        ])
        for field in fields where field.name == .host {
            headers.add(name: ":authority", value: bytes.text(field.value))
        }
        for field in fields where field.name != .host && !field.name.isHopByHop {
            headers.add(name: bytes.text(field.nameRange).lowercased(), value: bytes.text(field.value))
        }
        return headers
    }
}
