/// Reads one JSON text (RFC 8259) into an ``AttributeValue``, in one pass and without an intermediate form.
///
/// A recursive descent over the bytes: a decoder of `Codable` types costs twenty times as much for a tree like this.
struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let maximumDepth: Int
    private var position = 0
    private var depth = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func parseDocument() throws(JSONSyntaxError) -> AttributeValue {
        let value = try parseValue()
        if nextToken() != nil { throw error(.trailingBytes) }
        return value
    }

    private func error(_ reason: JSONSyntaxError.Reason) -> JSONSyntaxError {
        JSONSyntaxError(reason, at: position)
    }

    private func unexpected() -> JSONSyntaxError {
        position < bytes.count ? error(.unexpectedByte(bytes[position])) : error(.unexpectedEnd)
    }

    /// The next byte that is not white space, without taking it.
    private mutating func nextToken() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case ASCII.space, ASCII.tab, ASCII.newline, ASCII.carriageReturn: position += 1
            case let byte: return byte
            }
        }
        return nil
    }

    private mutating func take(_ expected: UInt8) -> Bool {
        guard nextToken() == expected else { return false }
        position += 1
        return true
    }

    private mutating func parseValue() throws(JSONSyntaxError) -> AttributeValue {
        guard let first = nextToken() else { throw unexpected() }
        switch first {
        case ASCII.openBrace: return try nested { parser throws(JSONSyntaxError) in try parser.parseObject() }
        case ASCII.openBracket: return try nested { parser throws(JSONSyntaxError) in try parser.parseArray() }
        case ASCII.quote: return .string(try parseString())
        case ASCII.minus, ASCII.zero...ASCII.nine: return try parseNumber()
        case UInt8(ascii: "t"): return try parseWord("true", as: .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", as: .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", as: .null)
        case _: throw unexpected()
        }
    }

    /// Takes the opening bracket and counts the level: the depth of the input must not become the depth of the stack.
    private mutating func nested(
        _ parse: (inout JSONParser) throws(JSONSyntaxError) -> AttributeValue
    ) throws(JSONSyntaxError) -> AttributeValue {
        guard depth < maximumDepth else { throw error(.tooDeep(limit: maximumDepth)) }
        position += 1
        depth += 1
        let value = try parse(&self)
        depth -= 1
        return value
    }

    private mutating func parseObject() throws(JSONSyntaxError) -> AttributeValue {
        var members: [String: AttributeValue] = [:]
        if take(ASCII.closeBrace) { return .map(members) }
        repeat {
            guard nextToken() == ASCII.quote else { throw unexpected() }
            let name = try parseString()
            guard take(ASCII.colon) else { throw unexpected() }
            members[name] = try parseValue()
        } while take(ASCII.comma)
        guard take(ASCII.closeBrace) else { throw unexpected() }
        return .map(members)
    }

    private mutating func parseArray() throws(JSONSyntaxError) -> AttributeValue {
        var elements: [AttributeValue] = []
        if take(ASCII.closeBracket) { return .list(elements) }
        repeat {
            elements.append(try parseValue())
        } while take(ASCII.comma)
        guard take(ASCII.closeBracket) else { throw unexpected() }
        return .list(elements)
    }

    private mutating func parseWord(
        _ word: StaticString, as value: AttributeValue
    ) throws(JSONSyntaxError) -> AttributeValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard position < bytes.count, bytes[position] == word.utf8Start[index] else { throw unexpected() }
            position += 1
        }
        return value
    }
}

// MARK: - Numbers

extension JSONParser {
    /// `-? (0 | [1-9][0-9]*) ('.' [0-9]+)? ([eE] [+-]? [0-9]+)?`; what is whole and fits becomes an `Int`.
    private mutating func parseNumber() throws(JSONSyntaxError) -> AttributeValue {
        let start = position
        if bytes[position] == ASCII.minus { position += 1 }
        let firstDigit = position
        try skipDigits()
        if bytes[firstDigit] == ASCII.zero, position - firstDigit > 1 {
            position = firstDigit
            throw error(.invalidNumber)
        }
        var isWhole = true
        if position < bytes.count, bytes[position] == ASCII.point {
            isWhole = false
            position += 1
            try skipDigits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if position < bytes.count, bytes[position] == ASCII.plus || bytes[position] == ASCII.minus { position += 1 }
            try skipDigits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let value = Int(text) { return .int(value) }
        guard let value = Double(text), value.isFinite else {
            position = start
            throw error(.numberOutOfRange)
        }
        return .number(value)
    }

    private mutating func skipDigits() throws(JSONSyntaxError) {
        let start = position
        while position < bytes.count, (ASCII.zero...ASCII.nine).contains(bytes[position]) { position += 1 }
        if position == start { throw position < bytes.count ? error(.invalidNumber) : error(.unexpectedEnd) }
    }
}

// MARK: - Strings

extension JSONParser {
    private mutating func parseString() throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
        let isASCII = skipPlainCharacters()
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        if bytes[position] == ASCII.quote {
            position += 1
            return try text(bytes[start..<(position - 1)], isASCII: isASCII)
        }
        return try parseEscapedString(from: start)
    }

    /// Moves to the first quote, backslash or control character, and says whether only ASCII was passed.
    private mutating func skipPlainCharacters() -> Bool {
        var all: UInt8 = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == ASCII.quote || byte == ASCII.backslash || byte < ASCII.space { break }
            all |= byte
            position += 1
        }
        return all < 0x80
    }

    private func text(
        _ slice: Slice<UnsafeBufferPointer<UInt8>>, isASCII: Bool
    ) throws(JSONSyntaxError) -> String {
        if isASCII { return String(decoding: slice, as: UTF8.self) }
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw JSONSyntaxError(.invalidUTF8, at: slice.startIndex + firstInvalidUTF8(in: slice))
        }
        return text
    }

    private func firstInvalidUTF8(in slice: some Sequence<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = slice.makeIterator()
        var offset = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
        return offset
    }

    /// The slow path: a string with at least one escape, from its first character.
    private mutating func parseEscapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var result = ""
        position = start
        while true {
            let runStart = position
            let isASCII = skipPlainCharacters()
            result += try text(bytes[runStart..<position], isASCII: isASCII)
            guard position < bytes.count else { throw error(.unexpectedEnd) }
            switch bytes[position] {
            case ASCII.quote:
                position += 1
                return result
            case ASCII.backslash: result.unicodeScalars.append(try parseEscape())
            case _: throw error(.controlCharacter)
            }
        }
    }

    private mutating func parseEscape() throws(JSONSyntaxError) -> UnicodeScalar {
        let start = position
        guard position + 1 < bytes.count else { throw JSONSyntaxError(.unexpectedEnd, at: bytes.count) }
        let character = bytes[position + 1]
        position += 2
        switch character {
        case ASCII.quote, ASCII.backslash, UInt8(ascii: "/"): return UnicodeScalar(character)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try parseUnicodeEscape(from: start)
        case _: throw JSONSyntaxError(.invalidEscape, at: start)
        }
    }

    /// `\uXXXX`, or two of them where the first is the high half of a surrogate pair; its `\u` is taken already.
    private mutating func parseUnicodeEscape(from start: Int) throws(JSONSyntaxError) -> UnicodeScalar {
        let first = try parseHexadecimal(from: start)
        if let scalar = UnicodeScalar(first) { return scalar }
        guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == ASCII.backslash,
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw JSONSyntaxError(.loneSurrogate, at: start) }
        position += 2
        let second = try parseHexadecimal(from: start)
        guard (0xDC00..<0xE000).contains(second),
            let scalar = UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw JSONSyntaxError(.loneSurrogate, at: start) }
        return scalar
    }

    private mutating func parseHexadecimal(from start: Int) throws(JSONSyntaxError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw JSONSyntaxError(.unexpectedEnd, at: bytes.count) }
        var value: UInt32 = 0
        for byte in bytes[position..<(position + 4)] {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else {
                throw JSONSyntaxError(.invalidEscape, at: start)
            }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }
}
