import NIOCore
import Synchronization

/// A client's connection: reads one request after another, has each answered, and writes the answers in that order.
///
/// It decides nothing about a request that a value could decide: ``RequestHead`` tells what was sent, ``RoutingTable``
/// what to do, ``Exchange`` what comes of it. Requests that come before their turn wait as bytes.
final class ClientHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Phase {
        /// Waiting for a request, or within its head.
        case head
        case exchange(Exchange)
        /// Within a body that nobody reads any more.
        case discard(BodyReader, allowance: Int)
        case tunnel
        /// The last answer is on its way, or there since then; what comes is thrown away until the client closes.
        case lingering(since: Duration?)
        case closed
    }

    /// How many bytes wait for their turn before no more are read.
    private static let backlog = 64 * 1024

    let worker: Worker
    let listener: Listener
    let isSecure: Bool
    var phase = Phase.head
    var upstream: UpstreamHandler?
    let outbox = Outbox()
    /// The head as it goes to the target, kept until it is certain that it need not be sent again.
    var forwardedHead = ByteBuffer()
    var requestBody = BodyReader(.none)
    private(set) var context: ChannelHandlerContext?
    private(set) var peer = Peer(nil)
    var inbound = ByteBuffer()
    var lastActivity: Duration
    private let opened: Duration
    private var parser: RequestParser
    /// When the head that is not yet complete began.
    private var headStart: Duration?
    private var isProcessing = false
    private var wantsRead = false

    init(listener: Listener, isSecure: Bool, worker: Worker) {
        self.worker = worker
        self.listener = listener
        self.isSecure = isSecure
        lastActivity = worker.now
        opened = worker.now
        parser = RequestParser(limits: worker.context.limits.message)
    }

    // MARK: Events of the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        peer = Peer(context.remoteAddress)
        worker.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        worker.remove(self)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastActivity = worker.now
        var bytes = unwrapInboundIn(data)
        if inbound.readableBytes == 0 { inbound = bytes } else { inbound.writeBuffer(&bytes) }
        process()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        flushAll()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        lastActivity = worker.now
        upstream?.pauseReads(!context.channel.isWritable)
        guard context.channel.isWritable else { return }
        process()
        flushAll()
    }

    func read(context: ChannelHandlerContext) {
        if pausesReads { wantsRead = true } else { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .exchange = phase { worker.context.counters.countOwnAnswer(TrafficCounters.clientClosed) }
        close()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    // MARK: Bytes

    /// Whether it is better to leave what comes with the kernel.
    private var pausesReads: Bool {
        if inbound.readableBytes >= Self.backlog { return true }
        guard let upstream, upstream.isConnected else { return false }
        return !upstream.isWritable
    }

    /// Does what can be done with the bytes that are there.
    ///
    /// Whatever is called from here may end in a call of this again; that then leaves the work to the one under way.
    func process() {
        if isProcessing { return }
        isProcessing = true
        while step() {}
        isProcessing = false
        if inbound.readableBytes == 0 { inbound = ByteBuffer() }
        if wantsRead, !pausesReads {
            wantsRead = false
            context?.read()
        }
    }

    /// - Returns: whether there may be more to do.
    private func step() -> Bool {
        switch phase {
        case .head:
            // Who sends requests and reads no answers is not asked for more, and no answer is made for them.
            guard context?.channel.isWritable == true else { return false }
            return readHead()
        case .exchange(let exchange):
            return forwardBody(of: exchange)
        case .discard(var body, let allowance):
            return discard(&body, allowance)
        case .tunnel:
            guard let upstream, let data = inbound.readAvailable(upTo: .max) else { return false }
            upstream.sendBody(data, isChunk: false)
            return false
        case .lingering, .closed:
            inbound = ByteBuffer()
            return false
        }
    }

    private func readHead() -> Bool {
        do {
            guard let head = try parser.next(from: &inbound) else {
                if headStart == nil, inbound.readableBytes > 0 { headStart = worker.now }
                return false
            }
            headStart = nil
            begin(head)
            return true
        } catch {
            refuse(status: error.status)
            return false
        }
    }

    private func discard(_ body: inout BodyReader, _ allowance: Int) -> Bool {
        guard let part = try? body.next(from: &inbound) else {
            linger()
            return false
        }
        switch part {
        case .needsMore:
            phase = .discard(body, allowance: allowance)
            return false
        case .data(let data):
            phase = .discard(body, allowance: allowance - data.readableBytes)
            if allowance < data.readableBytes { linger() }
        case .end:
            phase = .head
        }
        return true
    }

    func flushAll() {
        if let context { outbox.flush(on: context) }
        upstream?.flush()
    }

    // MARK: The end

    /// Ends the connection after what has been written, in a way that lets the client read it: a client that is still
    /// sending would lose an answer to the reset that a plain close is followed by.
    func linger() {
        guard let context else { return }
        phase = .lingering(since: nil)
        inbound = ByteBuffer()
        outbox.flush(on: context)
        let bound = NIOLoopBound(self, eventLoop: worker.loop)
        context.close(mode: .output).whenComplete { bound.value.outputClosed($0) }
    }

    private func outputClosed(_ result: Result<Void, any Error>) {
        guard case .lingering = phase else { return }
        switch result {
        case .success: phase = .lingering(since: worker.now)
        case .failure: close()
        }
    }

    /// Ends the connection at once, and what is under way for it.
    func close() {
        if case .closed = phase { return }
        endExchange()
        phase = .closed
        upstream?.close()
        upstream = nil
        context?.close(promise: nil)
    }

    /// The target is no longer busy with this client's request.
    func endExchange() {
        guard case .exchange(let exchange) = phase else { return }
        worker.context.chooser.withLock { $0.finished(exchange.choice.key) }
    }

    // MARK: Time

    /// Whether the connection may serve another request.
    func mayKeepAlive(_ setup: Listener.Setup) -> Bool {
        !setup.isClosing && worker.now - opened <= setup.settings.clientKeepAlive
    }

    func tick() {
        let setup = listener.setup
        let idle = worker.now - max(lastActivity, upstream?.lastActivity ?? lastActivity)
        switch phase {
        case .head:
            if let headStart {
                if idle > setup.settings.idleTimeout || worker.now - headStart > worker.context.limits.headTimeout {
                    refuse(status: 408)
                }
            } else if idle > setup.settings.idleTimeout || !mayKeepAlive(setup) {
                // An answer may still be on its way.
                linger()
            }
        case .exchange(let exchange):
            if idle > setup.settings.idleTimeout { exchangeTimedOut(exchange) }
        case .discard:
            // Our answer may still be on its way.
            if idle > setup.settings.idleTimeout { linger() }
        case .tunnel:
            if idle > setup.settings.idleTimeout { close() }
        case .lingering(let start):
            if start.map({ worker.now - $0 > worker.context.limits.lingering }) ?? (idle > setup.settings.idleTimeout) {
                close()
            }
        case .closed:
            break
        }
    }
}
