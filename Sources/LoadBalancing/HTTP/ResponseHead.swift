package import NIOCore

/// The status line and the headers of a response, where they stand in the bytes that arrived.
package struct ResponseHead: Sendable, Equatable {
    /// The head as it was sent, up to and including the empty line. All ranges count from its first byte.
    package var bytes: ByteBuffer
    package var version: HTTPVersion
    package var status: Int
    /// The status and the reason, as in `200 OK`.
    package var statusRange: Range<Int>
    package var fields: [HeaderField]
    package var framing: BodyFraming
    package var connection: ConnectionOptions

    /// Reads a whole head, following RFC 9112 §4 and §5.
    init(parsing bytes: ByteBuffer, answersHead: Bool) throws(MessageFault) {
        self.bytes = bytes
        let span = bytes.readableBytesUInt8Span
        var lineEnd = 0
        while span[lineEnd] != .lineFeed { lineEnd += 1 }
        let line = 0..<lineEnd - 1
        guard line.count >= 12, span[8] == .space else { throw .malformedStatusLine }
        version = try HTTPVersion(span, 0..<8, malformed: .malformedStatusLine)
        var status = 0
        for index in 9..<12 {
            guard span[index].isDigit else { throw .malformedStatusLine }
            status = status * 10 + Int(span[index] - UInt8(ascii: "0"))
        }
        guard 100...999 ~= status, line.count == 12 || span[12] == .space else { throw .malformedStatusLine }
        for index in 12..<line.upperBound where !span[index].isFieldContent { throw .malformedStatusLine }
        self.status = status
        statusRange = 9..<line.upperBound
        fields = try HeaderField.parse(span, lineEnd + 1..<span.count - 2)
        framing = try BodyFraming.ofResponse(
            span, fields, version: version, status: status, answersHead: answersHead)
        connection = ConnectionOptions(span, fields)
    }

    /// Whether another response follows on the same request (RFC 9110 §15.2).
    package var isInterim: Bool { status < 200 && status != 101 }

    /// Whether the target takes further requests on this connection after the response.
    package var keepsAlive: Bool {
        version == .http11 && !connection.contains(.close) && framing != .untilClose && status != 101
    }
}

/// Takes the heads of responses off the bytes that arrive, however these are cut into pieces.
package struct ResponseParser: Sendable {
    private let limits: MessageLimits
    private var scanner: HeadScanner

    package init(limits: MessageLimits = MessageLimits()) {
        self.limits = limits
        scanner = HeadScanner(limits: limits)
    }

    /// The next head, which is taken off the buffer; `nil`, and nothing taken, as long as it is not complete.
    ///
    /// - Parameter answersHead: the request was a HEAD.
    package mutating func next(from buffer: inout ByteBuffer, answersHead: Bool) throws(MessageFault)
        -> ResponseHead?
    {
        guard let length = try scanner.end(in: buffer.readableBytesUInt8Span),
            let bytes = buffer.readSlice(length: length)
        else { return nil }
        scanner = HeadScanner(limits: limits)
        return try ResponseHead(parsing: bytes, answersHead: answersHead)
    }
}
