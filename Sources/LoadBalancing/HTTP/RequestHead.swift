package import NIOCore

/// The request line and the headers of a request, where they stand in the bytes that arrived.
package struct RequestHead: Sendable, Equatable {
    /// The head as it was sent, up to and including the empty line. All ranges count from its first byte.
    package var bytes: ByteBuffer
    package var method: RequestMethod
    package var methodRange: Range<Int>
    package var target: RequestTarget
    package var version: HTTPVersion
    package var fields: [HeaderField]
    package var framing: BodyFraming
    package var connection: ConnectionOptions

    /// Reads a whole head, following RFC 9112 §3 and §5.
    init(parsing bytes: ByteBuffer) throws(MessageFault) {
        self.bytes = bytes
        let span = bytes.readableBytesUInt8Span
        var lineEnd = 0
        while span[lineEnd] != .lineFeed { lineEnd += 1 }
        let line = 0..<lineEnd - 1
        var position = 0
        while position < line.upperBound, span[position].isToken { position += 1 }
        methodRange = 0..<position
        guard !methodRange.isEmpty, position < line.upperBound, span[position] == .space else {
            throw .malformedRequestLine
        }
        method = RequestMethod(span, methodRange)
        let targetStart = position + 1
        position = targetStart
        while position < line.upperBound, span[position].isTarget { position += 1 }
        guard position < line.upperBound, span[position] == .space else { throw .malformedRequestLine }
        let targetRange = targetStart..<position
        version = try HTTPVersion(span, position + 1..<line.upperBound, malformed: .malformedRequestLine)
        target = try RequestTarget(span, targetRange, method: method)
        fields = try HeaderField.parse(span, lineEnd + 1..<span.count - 2)
        framing = try BodyFraming.ofRequest(span, fields, version: version)
        connection = ConnectionOptions(span, fields)
        try checkHost()
    }

    /// A request of HTTP/1.1 has one `Host`, one of 1.0 at most one (RFC 9112 §3.2).
    private func checkHost() throws(MessageFault) {
        let span = bytes.readableBytesUInt8Span
        var isPresent = false
        for field in fields where field.name == .host {
            if isPresent { throw .repeatedHost }
            isPresent = true
            for index in field.value where !span[index].isHost { throw .malformedHost }
        }
        if !isPresent, version == .http11 { throw .missingHost }
    }

    /// Whether the connection stays open after the answer, as far as the client is concerned.
    package var keepsAlive: Bool {
        switch version {
        case .http11: !connection.contains(.close)
        case .http10: connection.contains(.keepAlive) && !connection.contains(.close)
        }
    }

    /// Whether the client waits for a `100 Continue` before it sends the body.
    package var expectsContinue: Bool {
        version == .http11 && framing != .none
            && fields.contains { $0.name == .expect && bytes.isEqual($0.value, "100-continue") }
    }

    /// Whether the client asks for another protocol than HTTP on this connection, as WebSocket clients do.
    package var wantsUpgrade: Bool {
        version == .http11 && framing == .none && connection.contains(.upgrade)
            && fields.contains { $0.name == .upgrade }
    }

    /// The whole authority: of the target if that has one, otherwise of `Host`.
    package var authority: Range<Int>? {
        target.authority ?? fields.first { $0.name == .host }?.value
    }
}

/// A method, as far as it makes a difference.
package enum RequestMethod: Sendable, Hashable {
    case get, head, options, put, delete, post, connect, trace, other

    init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        func isEqual(_ uppercase: StaticString) -> Bool {
            uppercase.withUTF8Buffer { text in
                for index in 0..<text.count where bytes[range.lowerBound + index] != text[index] { return false }
                return true
            }
        }
        self =
            switch range.count {
            case 3: isEqual("GET") ? .get : isEqual("PUT") ? .put : .other
            case 4: isEqual("POST") ? .post : isEqual("HEAD") ? .head : .other
            case 5: isEqual("TRACE") ? .trace : .other
            case 6: isEqual("DELETE") ? .delete : .other
            case 7: isEqual("OPTIONS") ? .options : isEqual("CONNECT") ? .connect : .other
            default: .other
            }
    }

    /// Whether a request may be sent twice and does what it does once (RFC 9110 §9.2.2).
    package var isIdempotent: Bool {
        switch self {
        case .get, .head, .options, .put, .delete, .trace: true
        case .post, .connect, .other: false
        }
    }
}

/// What is asked for (RFC 9112 §3.2).
package struct RequestTarget: Sendable, Hashable {
    /// Of the absolute form only, as in `GET http://example.com/ HTTP/1.1`.
    package var authority: Range<Int>?
    /// Empty where the absolute form has none, which means `/`.
    package var path: Range<Int>
    /// Without its `?`; `nil` where there is none.
    package var query: Range<Int>?

    /// What is sent to a target: path and query.
    package var pathAndQuery: Range<Int> { path.lowerBound..<(query?.upperBound ?? path.upperBound) }

    init(_ bytes: Span<UInt8>, _ range: Range<Int>, method: RequestMethod) throws(MessageFault) {
        guard let first = range.first, method != .connect else { throw .malformedRequestLine }
        var pathStart = range.lowerBound
        if bytes[first] != .slash {
            if bytes.isEqual(range, "*"), method == .options {
                path = range
                return
            }
            let authority = try Self.authority(bytes, range)
            self.authority = authority
            pathStart = authority.upperBound
        }
        var pathEnd = pathStart
        while pathEnd < range.upperBound, bytes[pathEnd] != UInt8(ascii: "?") { pathEnd += 1 }
        path = pathStart..<pathEnd
        query = pathEnd < range.upperBound ? pathEnd + 1..<range.upperBound : nil
    }

    /// The part between `http://` and the path.
    private static func authority(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(MessageFault) -> Range<Int> {
        let start = range.lowerBound
        let begin: Int
        if range.count > 7, bytes.isEqual(start..<start + 7, "http://") {
            begin = start + 7
        } else if range.count > 8, bytes.isEqual(start..<start + 8, "https://") {
            begin = start + 8
        } else {
            throw .malformedRequestLine
        }
        var end = begin
        while end < range.upperBound, bytes[end].isHost { end += 1 }
        guard end > begin, end == range.upperBound || bytes[end] == .slash || bytes[end] == UInt8(ascii: "?") else {
            throw .malformedRequestLine
        }
        return begin..<end
    }
}
