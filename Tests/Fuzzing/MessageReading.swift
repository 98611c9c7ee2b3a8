import NIOCore

@testable import LoadBalancing

/// What is understood of the bytes of a connection: heads, bodies, and a fault at the end.
struct MessageReading: Equatable {
    var heads: [String] = []
    var bodies: [UInt8] = []
    var fault: MessageFault?

    /// - Returns: whether the body has come to its end.
    mutating func receive(_ reader: inout BodyReader, _ inbound: inout ByteBuffer) throws(MessageFault) -> Bool {
        while true {
            switch try reader.next(from: &inbound) {
            case .needsMore:
                return false
            case .data(let data):
                bodies += Array(buffer: data)
            case .end(let trailers):
                var written = ByteBuffer()
                trailers?.write(to: &written)
                bodies += Array(buffer: written) + [0]
                return true
            }
        }
    }
}

/// How the heads of one direction are read.
protocol HeadReading: SendableMetatype {
    init()

    /// - Returns: everything that is made of a head, so that making it is tried too; `nil` when it is not all there.
    mutating func next(
        from inbound: inout ByteBuffer
    ) throws(MessageFault) -> (summary: String, framing: BodyFraming)?
}

/// Reads from a connection whatever arrives, in pieces of any size.
struct ConnectionReading<Heads: HeadReading> {
    private(set) var outcome = MessageReading()
    private var inbound = ByteBuffer()
    private var heads = Heads()
    private var body: BodyReader?

    init() {}

    mutating func receive(_ bytes: some Sequence<UInt8>) {
        guard outcome.fault == nil else { return }
        inbound.writeBytes(bytes)
        do throws(MessageFault) {
            while try step() {}
        } catch {
            outcome.fault = error
        }
    }

    private mutating func step() throws(MessageFault) -> Bool {
        if var reader = body {
            let isComplete = try outcome.receive(&reader, &inbound)
            body = isComplete ? nil : reader
            return isComplete
        }
        guard let head = try heads.next(from: &inbound) else { return false }
        outcome.heads.append(head.summary)
        body = BodyReader(head.framing)
        return true
    }
}

/// The requests that a listener understands of what arrives.
typealias RequestReading = ConnectionReading<RequestHeads>

/// The responses that are understood of what a target sends.
typealias ResponseReading = ConnectionReading<ResponseHeads>

private let limits = MessageLimits(firstLine: 60, field: 60, head: 200)

struct RequestHeads: HeadReading {
    private var parser = RequestParser(limits: limits)

    init() {}

    mutating func next(
        from inbound: inout ByteBuffer
    ) throws(MessageFault) -> (summary: String, framing: BodyFraming)? {
        try parser.next(from: &inbound).map { (summary($0), $0.framing) }
    }

    private func summary(_ head: RequestHead) -> String {
        let request = RoutedRequest(head, from: Peer(nil), isSecure: true, port: 1)
        var generator = Counting()
        var written = ByteBuffer()
        ForwardedRequest(
            head: head, peer: Peer(nil), target: Target("t", 1), isSecure: true, port: 1,
            settings: ConnectionSettings(),
            traceID: TraceID(seconds: 0, using: &generator), isUpgrade: head.wantsUpgrade
        ).write(to: &written)
        let values = request.headerValues("host") + [String(request.host), String(request.path), String(request.query)]
        return "\(head.method) \(head.version) \(head.keepsAlive) \(head.expectsContinue) \(values)"
            + String(buffer: written)
    }
}

struct ResponseHeads: HeadReading {
    private var parser = ResponseParser(limits: limits)

    init() {}

    mutating func next(
        from inbound: inout ByteBuffer
    ) throws(MessageFault) -> (summary: String, framing: BodyFraming)? {
        guard let head = try parser.next(from: &inbound, answersHead: false) else { return nil }
        var written = ByteBuffer()
        ForwardedResponse(head: head, framing: ResponseFraming(head, to: .http11), keepsAlive: true).write(to: &written)
        return (String(buffer: written), head.framing)
    }
}

/// Numbers that are the same at every reading.
private struct Counting: RandomNumberGenerator {
    private var last: UInt64 = 0

    mutating func next() -> UInt64 {
        last += 1
        return last
    }
}
