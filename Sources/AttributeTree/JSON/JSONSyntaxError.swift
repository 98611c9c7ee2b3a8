/// Why bytes are not JSON as RFC 8259 defines it, and where.
package struct JSONSyntaxError: Error, Hashable {
    package enum Reason: Sendable, Hashable {
        case unexpectedEnd
        case unexpectedByte(UInt8)
        case trailingBytes
        case tooDeep(limit: Int)
        case invalidNumber
        /// A number that no `Double` can hold, such as `1e999`.
        case numberOutOfRange
        case invalidEscape
        /// Half of a surrogate pair, written as an escape.
        case loneSurrogate
        /// A character below U+0020 that is not escaped.
        case controlCharacter
        case invalidUTF8
    }

    package var reason: Reason
    /// The position of the first byte that is at fault, from zero.
    package var offset: Int

    package init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    package var description: String { "\(reason) at byte \(offset)" }
}

extension JSONSyntaxError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unexpectedEnd: "unexpected end"
        case .unexpectedByte(let byte) where (0x21..<0x7F).contains(byte):
            "unexpected \"\(Character(UnicodeScalar(byte)))\""
        case .unexpectedByte(let byte): "unexpected byte 0x\(String(byte, radix: 16, uppercase: true))"
        case .trailingBytes: "more text after the value"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        case .invalidNumber: "invalid number"
        case .numberOutOfRange: "number out of range"
        case .invalidEscape: "invalid escape"
        case .loneSurrogate: "half of a surrogate pair"
        case .controlCharacter: "control character in a string"
        case .invalidUTF8: "invalid UTF-8"
        }
    }
}
