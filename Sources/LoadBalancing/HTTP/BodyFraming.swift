/// How it is told where a body ends (RFC 9112 §6).
///
/// Stricter than the RFC: whatever two parties could read differently is a fault, never mended.
package enum BodyFraming: Sendable, Hashable {
    case none
    case length(Int)
    case chunked
    /// Of responses only.
    case untilClose

    static func ofRequest(_ bytes: Span<UInt8>, _ fields: [HeaderField], version: HTTPVersion)
        throws(MessageFault) -> BodyFraming
    {
        try declared(bytes, fields, version: version) ?? .none
    }

    /// - Parameter answersHead: the request was a HEAD, which is answered without the body that is announced.
    static func ofResponse(
        _ bytes: Span<UInt8>, _ fields: [HeaderField], version: HTTPVersion, status: Int, answersHead: Bool
    ) throws(MessageFault) -> BodyFraming {
        let declared = try declared(bytes, fields, version: version)
        if answersHead || status < 200 || status == 204 || status == 304 { return .none }
        return declared ?? .untilClose
    }

    /// What the headers say; `nil` where they say nothing.
    private static func declared(_ bytes: Span<UInt8>, _ fields: [HeaderField], version: HTTPVersion)
        throws(MessageFault) -> BodyFraming?
    {
        var length: Int?
        var encoding: HeaderField?
        for field in fields {
            switch field.name {
            case .contentLength:
                if length != nil { throw .repeatedLength }
                length = try parseLength(bytes, field.value)
            case .transferEncoding:
                if encoding != nil { throw .repeatedTransferEncoding }
                encoding = field
            default: break
            }
        }
        guard let encoding else { return length.map { $0 == 0 ? .none : .length($0) } }
        if length != nil { throw .lengthAndTransferEncoding }
        if bytes.isEqual(encoding.value, "identity") { return nil }
        guard bytes.isEqual(encoding.value, "chunked"), version == .http11 else { throw .unsupportedTransferEncoding }
        return .chunked
    }

    /// Digits and nothing else: no sign, no list, and few enough that nobody's integers overflow.
    private static func parseLength(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(MessageFault) -> Int {
        guard 1...18 ~= range.count else { throw .malformedLength }
        var length = 0
        for index in range {
            guard bytes[index].isDigit else { throw .malformedLength }
            length = length * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        }
        return length
    }
}

/// The versions that are spoken.
package enum HTTPVersion: Sendable, Hashable {
    case http10, http11

    /// Reads `HTTP/1.0`, `HTTP/1.1`, and later minor versions as the latter.
    ///
    /// - Throws: ``MessageFault/unsupportedVersion`` where it is another major version, else `malformed`.
    init(_ bytes: Span<UInt8>, _ range: Range<Int>, malformed: MessageFault) throws(MessageFault) {
        let start = range.lowerBound
        guard range.count == 8, bytes.isEqual(start..<start + 5, "http/"), bytes[start] == UInt8(ascii: "H"),
            bytes[start + 1] == UInt8(ascii: "T"), bytes[start + 2] == UInt8(ascii: "T"),
            bytes[start + 3] == UInt8(ascii: "P"), bytes[start + 5].isDigit, bytes[start + 6] == UInt8(ascii: "."),
            bytes[start + 7].isDigit
        else { throw malformed }
        guard bytes[start + 5] == UInt8(ascii: "1") else { throw .unsupportedVersion }
        self = bytes[start + 7] == UInt8(ascii: "0") ? .http10 : .http11
    }
}
