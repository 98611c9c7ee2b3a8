import NIOCore

/// Takes a body off the bytes that arrive, and tells where it ends.
struct BodyReader: Sendable {
    private enum State: Sendable {
        case length(remaining: Int)
        case chunked(ChunkedBody)
        case untilClose
    }

    private var state: State

    init(_ framing: BodyFraming) {
        state =
            switch framing {
            case .none: .length(remaining: 0)
            case .length(let length): .length(remaining: length)
            case .chunked: .chunked(ChunkedBody())
            case .untilClose: .untilClose
            }
    }

    /// Whether the end of the connection is the end of the body.
    var endsWithConnection: Bool {
        if case .untilClose = state { true } else { false }
    }

    /// What comes next, taken off the buffer. A part that is cut off is given as far as it has arrived.
    mutating func next(from buffer: inout ByteBuffer) throws(MessageFault) -> BodyPart {
        switch state {
        case .length(0):
            return .end(trailers: nil)
        case .length(let remaining):
            guard let data = buffer.readAvailable(upTo: remaining) else { return .needsMore }
            state = .length(remaining: remaining - data.readableBytes)
            return .data(data)
        case .chunked(var body):
            defer { state = .chunked(body) }
            return try body.next(from: &buffer)
        case .untilClose:
            guard let data = buffer.readAvailable(upTo: .max) else { return .needsMore }
            return .data(data)
        }
    }
}

extension ByteBuffer {
    /// So many bytes as there are, and no more than asked for; `nil` where there are none.
    mutating func readAvailable(upTo limit: Int) -> ByteBuffer? {
        readableBytes == 0 ? nil : readSlice(length: min(limit, readableBytes))
    }
}
