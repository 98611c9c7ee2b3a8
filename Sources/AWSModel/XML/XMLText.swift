/// Text of an element that is not plain.
enum XMLText {
    /// The text of a content that the parser accepted: references replaced, CDATA taken as it stands, the rest left out.
    static func decode(_ content: ArraySlice<UInt8>) -> String {
        var text: [UInt8] = []
        var depth = 0
        var rest = content
        while let byte = rest.first {
            if byte == UInt8(ascii: "&"), let end = rest.firstIndex(of: UInt8(ascii: ";")) {
                if depth == 0, let scalar = reference(rest[(rest.startIndex + 1)..<end]) {
                    text += Array(String(Character(scalar)).utf8)
                }
                rest = rest[(end + 1)...]
            } else if rest.starts(with: "<![CDATA[".utf8) {
                let section = take(through: "]]>", of: &rest)
                if depth == 0 { text += section.dropFirst(9) }
            } else if rest.starts(with: "<!--".utf8) {
                _ = take(through: "-->", of: &rest)
            } else if rest.starts(with: "<?".utf8) {
                _ = take(through: "?>", of: &rest)
            } else if byte == UInt8(ascii: "<") {
                let tag = takeTag(of: &rest)
                if tag.dropFirst().first == UInt8(ascii: "/") {
                    depth -= 1
                } else if tag.last != UInt8(ascii: "/") {
                    depth += 1
                }
            } else {
                if depth == 0 { text.append(byte) }
                rest = rest.dropFirst()
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The character of a reference such as `amp`, `#10` or `#xA`.
    static func reference(_ name: some Collection<UInt8>) -> UnicodeScalar? {
        let name = String(decoding: name, as: UTF8.self)
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let isHexadecimal = name.hasPrefix("#x")
            let digits = name.dropFirst(isHexadecimal ? 2 : 1)
            guard digits.first != "+", let code = UInt32(digits, radix: isHexadecimal ? 16 : 10), code > 0 else {
                return nil
            }
            return UnicodeScalar(code)
        }
    }

    /// Takes a section, and gives it without its end.
    private static func take(through end: StaticString, of rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let terminator = UnsafeBufferPointer(start: end.utf8Start, count: end.utf8CodeUnitCount)
        var position = rest.startIndex
        while position < rest.endIndex, !rest[position...].starts(with: terminator) { position += 1 }
        defer { rest = rest[min(position + terminator.count, rest.endIndex)...] }
        return rest[..<position]
    }

    /// Takes a tag, and gives it without its `>`; one may stand in the quotes of an attribute.
    private static func takeTag(of rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var quote: UInt8?
        var position = rest.startIndex
        while position < rest.endIndex {
            let byte = rest[position]
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if quote == nil, byte == UInt8(ascii: ">") {
                break
            }
            position += 1
        }
        defer { rest = rest[min(position + 1, rest.endIndex)...] }
        return rest[..<position]
    }

    /// The text with everything escaped that would otherwise be markup, or be changed by a reader.
    static func escape(_ text: String, into bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\r"): bytes += "&#13;".utf8
            default: bytes.append(byte)
            }
        }
    }
}
