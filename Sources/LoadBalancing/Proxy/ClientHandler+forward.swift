import NIOCore
import Synchronization

/// The way of a request to its target.
extension ClientHandler {
    /// Decides what is done with a request, and starts doing it.
    func begin(_ head: RequestHead) {
        let setup = listener.setup
        worker.context.counters.countRequest()
        requestBody = BodyReader(head.framing)
        if head.method == .trace { return answer(OwnAnswer(status: 405), to: head, setup) }
        let request = RoutedRequest(head, from: peer, isSecure: isSecure, port: setup.port)
        switch setup.table.action(for: request) {
        case .fixedResponse(let response): answer(OwnAnswer(response), to: head, setup)
        case .redirect(let redirect): answer(OwnAnswer(redirect, of: request), to: head, setup)
        case .forward(let action): forward(head, request, action, setup)
        }
    }

    private func forward(
        _ head: RequestHead, _ request: RoutedRequest, _ action: ForwardAction, _ setup: Listener.Setup
    ) {
        let wallClock = worker.context.wallClock
        let choice = worker.context.chooser.withLock { chooser in
            chooser.choose(for: action, request: request, now: wallClock, using: &worker.generator)
        }
        guard let choice else { return answer(OwnAnswer(status: 503), to: head, setup) }
        let traceID = TraceID(seconds: Int(wallClock().components.seconds), using: &worker.generator)
        forwardedHead.clear()
        ForwardedRequest(
            head: head, peer: peer, target: choice.key.target, isSecure: isSecure, port: setup.port,
            settings: setup.settings, traceID: traceID,
            isUpgrade: head.wantsUpgrade
        ).write(to: &forwardedHead)
        phase = .exchange(Exchange(head, choice: choice, keepsAlive: head.keepsAlive && mayKeepAlive(setup)))
        connect(to: choice, fresh: false)
    }

    private func connect(to choice: TargetChoice, fresh: Bool) {
        let upstream = worker.connection(to: choice, for: self, fresh: fresh)
        self.upstream = upstream
        if upstream.isConnected { sendHead(on: upstream) }
    }

    private func sendHead(on upstream: UpstreamHandler) {
        upstream.send { $0.writeImmutableBuffer(forwardedHead) }
    }

    /// Sends on what has arrived of the body.
    func forwardBody(of exchange: Exchange) -> Bool {
        guard !exchange.isRequestComplete, let upstream, upstream.isConnected else { return false }
        let isChunked = exchange.framing == .chunked
        guard let part = try? requestBody.next(from: &inbound) else {
            abandonMalformed(exchange)
            return false
        }
        switch part {
        case .needsMore:
            return false
        case .data(let data):
            upstream.sendBody(data, isChunk: isChunked)
        case .end(let trailers):
            if isChunked { upstream.sendLastChunk(trailers) }
            var exchange = exchange
            exchange.isRequestComplete = true
            phase = .exchange(exchange)
        }
        return true
    }

    /// The body turns out to be malformed when the target has part of it.
    private func abandonMalformed(_ exchange: Exchange) {
        if exchange.response == .awaited {
            dropExchange()
            refuse(status: 400)
        } else {
            close()
        }
    }

    /// Ends the exchange without a response from its target.
    private func dropExchange() {
        endExchange()
        upstream?.close()
        upstream = nil
        phase = .head
    }

    // MARK: Told by the connection to the target

    func upstreamConnected() {
        guard let upstream else { return }
        sendHead(on: upstream)
        process()
        flushAll()
    }

    func upstreamWritabilityChanged() {
        process()
        flushAll()
    }

    func upstreamFailed(_ cause: UpstreamFailure, _ upstream: UpstreamHandler) {
        guard self.upstream === upstream else { return }
        self.upstream = nil
        switch phase {
        case .exchange(var exchange):
            let failure = exchange.fail(cause, wasReused: upstream.isUnprovenReuse)
            phase = .exchange(exchange)
            switch failure {
            case .retry:
                worker.context.counters.countRetry()
                connect(to: exchange.choice, fresh: true)
            case .answer(let status):
                answer(status: status, instead: exchange)
            case .abort:
                close()
            }
        case .tunnel:
            linger()
        case .head, .discard, .lingering, .closed:
            break
        }
        process()
        flushAll()
    }

    func exchangeTimedOut(_ exchange: Exchange) {
        if exchange.response != .awaited { return close() }
        if exchange.isRequestComplete || upstream?.isConnected != true {
            upstream?.fail(.responseTimeout)
        } else {
            dropExchange()
            refuse(status: 408)
        }
    }

    private func answer(status: Int, instead exchange: Exchange) {
        endExchange()
        let keepsAlive = exchange.keepsAlive && !exchange.expectsContinue
        answer(
            OwnAnswer(status: status), keepsAlive: keepsAlive, answersHead: exchange.method == .head,
            isRequestComplete: exchange.isRequestComplete)
    }
}
