package import NIOCore

/// Takes the heads of requests off the bytes that arrive, however these are cut into pieces.
package struct RequestParser: Sendable {
    private let limits: MessageLimits
    private var scanner: HeadScanner
    private var isAtStart = true

    package init(limits: MessageLimits = MessageLimits()) {
        self.limits = limits
        scanner = HeadScanner(limits: limits)
    }

    /// The next head, which is taken off the buffer; `nil`, and nothing taken, as long as it is not complete.
    ///
    /// - Parameter buffer: with the bytes of earlier calls that gave `nil`, and those that came since.
    package mutating func next(from buffer: inout ByteBuffer) throws(MessageFault) -> RequestHead? {
        if isAtStart, try !skipEmptyLine(in: &buffer) { return nil }
        guard let length = try scanner.end(in: buffer.readableBytesUInt8Span),
            let bytes = buffer.readSlice(length: length)
        else { return nil }
        scanner = HeadScanner(limits: limits)
        isAtStart = true
        return try RequestHead(parsing: bytes)
    }

    /// Takes off one empty line, which some clients send after a body (RFC 9112 §2.2), and refuses at the first byte
    /// what is no request, such as the start of TLS.
    private mutating func skipEmptyLine(in buffer: inout ByteBuffer) throws(MessageFault) -> Bool {
        guard let first = buffer.peekInteger(as: UInt8.self) else { return false }
        if first == .carriageReturn {
            guard let line = buffer.peekInteger(as: UInt16.self) else { return false }
            guard line == 0x0D0A else { throw .malformedRequestLine }
            buffer.moveReaderIndex(forwardBy: 2)
        } else if !first.isToken {
            throw .malformedRequestLine
        }
        isAtStart = false
        return true
    }
}

extension ByteBuffer {
    /// Whether the bytes there, from the first readable one, are this text, in whatever case.
    func isEqual(_ range: Range<Int>, _ lowercase: StaticString) -> Bool {
        readableBytesUInt8Span.isEqual(range, lowercase)
    }

    /// The text there, counted from the first readable byte.
    func text(_ range: Range<Int>) -> String {
        getString(at: readerIndex + range.lowerBound, length: range.count) ?? ""
    }
}
