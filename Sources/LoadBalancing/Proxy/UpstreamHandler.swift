import NIOCore
import NIOPosix
import NIOSSL

/// A connection to a target: carries one request after another to it, and hands what comes back to the client whose
/// request it is.
final class UpstreamHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        case connecting(since: Duration)
        /// In the pool.
        case idle
        case awaitingResponse
        case receivingBody(BodyReader, keepsAlive: Bool)
        /// The response is complete, the request is not.
        case responded(keepsAlive: Bool)
        case tunnel
        case closed
    }

    let key: TargetKey
    let isSecure: Bool
    private let speaksHTTP2: Bool
    private let worker: Worker
    private var client: ClientHandler?
    private var state: State
    private var context: ChannelHandlerContext?
    private var parser: ResponseParser
    private var inbound = ByteBuffer()
    private let outbox = Outbox()
    private var pausesReads = false
    private var wantsRead = false
    private(set) var lastActivity: Duration
    /// Whether it has served a request before, and nothing has come for this one yet.
    private(set) var isUnprovenReuse = false

    init(to choice: TargetChoice, for client: ClientHandler, worker: Worker) {
        key = choice.key
        isSecure = choice.isSecure
        speaksHTTP2 = choice.speaksHTTP2
        self.client = client
        self.worker = worker
        state = .connecting(since: worker.now)
        lastActivity = worker.now
        parser = ResponseParser(limits: worker.context.limits.message)
    }

    // MARK: For the worker

    /// Makes the connection; the client hears of it.
    func connect() {
        guard let address = try? SocketAddress(ipAddress: key.target.address, port: key.target.port) else {
            // Not from within the call that asks for the connection.
            let bound = NIOLoopBound(self, eventLoop: worker.loop)
            return worker.loop.execute { bound.value.fail(.cannotConnect) }
        }
        let bound = NIOLoopBound(self, eventLoop: worker.loop)
        ClientBootstrap(group: worker.loop)
            // Ticks tell when it has taken too long.
            .connectTimeout(.hours(1))
            .channelOption(.maxMessagesPerRead, value: 16)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try bound.value.install(in: channel) }
            }
            .connect(to: address)
            .flatMap { channel in bound.value.openStream(on: channel) }
            .whenFailure { _ in bound.value.fail(.cannotConnect) }
    }

    private func openStream(on channel: any Channel) -> EventLoopFuture<any Channel> {
        guard speaksHTTP2 else { return channel.eventLoop.makeSucceededFuture(channel) }
        let bound = NIOLoopBound(self, eventLoop: worker.loop)
        return HTTP2Stream.open(on: channel, isSecure: isSecure) { stream in
            try stream.pipeline.syncOperations.addHandler(bound.value)
        }
    }

    private func install(in channel: any Channel) throws {
        if isSecure {
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLClientHandler(context: worker.context.upstreamTLS, serverHostname: nil))
        }
        if speaksHTTP2 {
            try HTTP2Stream.prepare(channel)
        } else {
            try channel.pipeline.syncOperations.addHandler(self)
        }
    }

    /// Takes it out of the pool for this client; `false` where it is closed meanwhile.
    func reuse(for client: ClientHandler) -> Bool {
        guard case .idle = state, context?.channel.isActive == true else { return false }
        self.client = client
        state = .awaitingResponse
        lastActivity = worker.now
        isUnprovenReuse = true
        return true
    }

    func tick() {
        guard case .connecting(let start) = state, worker.now - start > worker.context.limits.connectTimeout else {
            return
        }
        fail(.connectTimeout)
    }

    /// Ends it, and tells the client why, if there is one.
    func fail(_ cause: UpstreamFailure) {
        let client = client
        close()
        client?.upstreamFailed(cause, self)
    }

    /// Ends it, without a word to the client.
    func close() {
        if case .closed = state { return }
        state = .closed
        client = nil
        worker.remove(self)
        context?.close(promise: nil)
    }

    // MARK: For the client

    var isConnected: Bool {
        if case .connecting = state { false } else { true }
    }

    var isWritable: Bool { context?.channel.isWritable ?? false }

    func send(_ write: (inout ByteBuffer) -> Void) {
        outbox.gather(write)
    }

    func sendBody(_ data: ByteBuffer, isChunk: Bool) {
        guard let context else { return }
        if isChunk { outbox.appendChunk(data, on: context) } else { outbox.append(data, on: context) }
    }

    func sendLastChunk(_ trailers: Trailers?) {
        outbox.appendLastChunk(trailers)
    }

    func flush() {
        if let context { outbox.flush(on: context) }
    }

    /// Reads no more before the client has taken what there is.
    func pauseReads(_ pause: Bool) {
        pausesReads = pause
        if !pause, wantsRead {
            wantsRead = false
            context?.read()
        }
    }

    /// The exchange is over for the client: the connection waits for the next one, if it can.
    func finish() {
        client = nil
        guard case .responded(keepsAlive: true) = state, inbound.readableBytes == 0 else { return close() }
        state = .idle
        pauseReads(false)
        worker.release(self)
    }

    // MARK: Events of the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if case .closed = state { context.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        // TLS, where there is any, keeps what is written until it is established.
        if case .connecting = state {
            state = .awaitingResponse
            lastActivity = worker.now
            client?.upstreamConnected()
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastActivity = worker.now
        isUnprovenReuse = false
        var bytes = unwrapInboundIn(data)
        if inbound.readableBytes == 0 { inbound = bytes } else { inbound.writeBuffer(&bytes) }
        do {
            try receive()
        } catch {
            fail(.badResponse)
        }
        if inbound.readableBytes == 0 { inbound = ByteBuffer() }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        client?.flushAll()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        lastActivity = worker.now
        client?.upstreamWritabilityChanged()
    }

    func read(context: ChannelHandlerContext) {
        if pausesReads { wantsRead = true } else { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .receivingBody(let body, _) = state, body.endsWithConnection {
            state = .responded(keepsAlive: false)
            client?.responseEnded(nil)
        }
        fail(.closed)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(.closed)
    }
}

extension UpstreamHandler {
    /// Hands on what has arrived, as far as it is understood.
    private func receive() throws(MessageFault) {
        while true {
            switch state {
            case .awaitingResponse:
                guard let client else { return }
                guard let head = try parser.next(from: &inbound, answersHead: client.answersHead) else { return }
                try receive(head, client)
            case .receivingBody(var body, let keepsAlive):
                let part = try body.next(from: &inbound)
                state = .receivingBody(body, keepsAlive: keepsAlive)
                switch part {
                case .needsMore: return
                case .data(let data): client?.responseBody(data)
                case .end(let trailers):
                    state = .responded(keepsAlive: keepsAlive)
                    client?.responseEnded(trailers)
                }
            case .tunnel:
                guard let data = inbound.readAvailable(upTo: .max) else { return }
                client?.tunnelled(data)
            case .idle, .responded:
                // Nobody asked for this, and the next request must not be answered by it.
                if inbound.readableBytes > 0 { fail(.badResponse) }
                return
            case .connecting, .closed:
                inbound = ByteBuffer()
                return
            }
        }
    }

    private func receive(_ head: ResponseHead, _ client: ClientHandler) throws(MessageFault) {
        if head.status == 101 {
            guard client.isUpgrading else { throw .malformedStatusLine }
            state = .tunnel
            client.upgraded(head)
        } else if head.isInterim {
            client.interimResponse(head)
        } else {
            state = .receivingBody(BodyReader(head.framing), keepsAlive: head.keepsAlive)
            client.responseBegan(head)
        }
    }
}
