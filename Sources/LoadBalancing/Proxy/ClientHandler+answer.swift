import NIOCore

/// The way of an answer to the client.
extension ClientHandler {
    // MARK: Answers of the balancer's own

    func answer(_ own: OwnAnswer, to head: RequestHead, _ setup: Listener.Setup) {
        answer(
            own, keepsAlive: head.keepsAlive && !head.expectsContinue && mayKeepAlive(setup),
            answersHead: head.method == .head, isRequestComplete: head.framing == .none)
    }

    func answer(_ own: OwnAnswer, keepsAlive: Bool, answersHead: Bool, isRequestComplete: Bool) {
        let shared = worker.context
        shared.counters.countOwnAnswer(own.status)
        let date = HTTPDate(secondsSince1970: Int(shared.wallClock().components.seconds))
        outbox.gather { buffer in
            own.write(
                serverName: shared.serverName, date: date, keepsAlive: keepsAlive, answersHead: answersHead, to: &buffer
            )
        }
        if !keepsAlive {
            linger()
        } else if isRequestComplete {
            phase = .head
        } else {
            phase = .discard(requestBody, allowance: shared.limits.discardedBody)
        }
    }

    /// Answers what is no request, or none that can be waited for. Where its end is cannot be known: it is the last.
    func refuse(status: Int) {
        answer(OwnAnswer(status: status), keepsAlive: false, answersHead: false, isRequestComplete: false)
        flushAll()
    }

    // MARK: Answers of the target

    var answersHead: Bool {
        if case .exchange(let exchange) = phase { exchange.method == .head } else { false }
    }

    var isUpgrading: Bool {
        if case .exchange(let exchange) = phase { exchange.isUpgrade } else { false }
    }

    /// Passes on that the target goes on, to clients that know what that means.
    func interimResponse(_ head: ResponseHead) {
        guard case .exchange(var exchange) = phase, exchange.version == .http11 else { return }
        if head.status == 100 {
            guard exchange.tellToContinue() else { return }
            phase = .exchange(exchange)
        }
        outbox.gather { ForwardedResponse(head: head, framing: .interim, keepsAlive: true).write(to: &$0) }
        flushAll()
    }

    func responseBegan(_ head: ResponseHead) {
        guard case .exchange(var exchange) = phase else { return }
        let framing = ResponseFraming(head, to: exchange.version)
        exchange.begin(framing)
        phase = .exchange(exchange)
        outbox.gather { buffer in
            ForwardedResponse(
                head: head, framing: framing, keepsAlive: exchange.keepsAlive, cookies: exchange.choice.cookies
            ).write(to: &buffer)
        }
    }

    func responseBody(_ data: ByteBuffer) {
        guard let context, case .exchange(let exchange) = phase, case .started(let framing) = exchange.response else {
            return
        }
        if framing == .chunked { outbox.appendChunk(data, on: context) } else { outbox.append(data, on: context) }
    }

    func responseEnded(_ trailers: Trailers?) {
        guard case .exchange(var exchange) = phase, case .started(let framing) = exchange.response else { return }
        if framing == .chunked { outbox.appendLastChunk(trailers) }
        lastActivity = worker.now
        exchange.response = .complete
        phase = .exchange(exchange)
        endExchange()
        let upstream = upstream
        self.upstream = nil
        if exchange.isRequestComplete { upstream?.finish() } else { upstream?.close() }
        switch exchange.sequel {
        case .nextRequest: phase = .head
        case .discardRest: phase = .discard(requestBody, allowance: worker.context.limits.discardedBody)
        case .close: linger()
        }
        process()
        flushAll()
    }

    // MARK: Tunnels

    /// From here on both sides send what they like, and neither is understood.
    func upgraded(_ head: ResponseHead) {
        outbox.gather { ForwardedResponse(head: head, framing: .upgrade, keepsAlive: true).write(to: &$0) }
        endExchange()
        phase = .tunnel
        process()
        flushAll()
    }

    func tunnelled(_ data: ByteBuffer) {
        if let context { outbox.append(data, on: context) }
    }
}
