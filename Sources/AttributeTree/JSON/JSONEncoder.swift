/// Writes an ``AttributeValue`` as JSON. Members come in the order of their names, so equal values give equal bytes.
struct JSONEncoder {
    private let indentation: Int?
    private(set) var bytes: [UInt8] = []
    private var depth = 0

    /// - Parameter indentation: Spaces a level, or `nil` for everything on one line.
    init(indentation: Int?) {
        self.indentation = indentation
    }

    mutating func encode(_ value: AttributeValue) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .int(let value): bytes.append(contentsOf: String(value).utf8)
        case .number(let value): encode(value)
        case .string(let value): encode(value)
        case .list(let elements): encode(elements)
        case .map(let members): encode(members)
        }
    }

    private mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// JSON has no infinities and no NaN: they are written as the strings that AWS uses for them.
    private mutating func encode(_ number: Double) {
        if number.isFinite {
            bytes.append(contentsOf: number.description.utf8)
        } else {
            append(number.isNaN ? "\"NaN\"" : number > 0 ? "\"Infinity\"" : "\"-Infinity\"")
        }
    }

    private mutating func encode(_ elements: [AttributeValue]) {
        guard !elements.isEmpty else { return append("[]") }
        bytes.append(ASCII.openBracket)
        depth += 1
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(ASCII.comma) }
            breakLine()
            encode(element)
        }
        depth -= 1
        breakLine()
        bytes.append(ASCII.closeBracket)
    }

    private mutating func encode(_ members: [String: AttributeValue]) {
        guard !members.isEmpty else { return append("{}") }
        bytes.append(ASCII.openBrace)
        depth += 1
        for (index, (name, value)) in members.inByteOrder().enumerated() {
            if index > 0 { bytes.append(ASCII.comma) }
            breakLine()
            encode(name)
            bytes.append(ASCII.colon)
            if indentation != nil { bytes.append(ASCII.space) }
            encode(value)
        }
        depth -= 1
        breakLine()
        bytes.append(ASCII.closeBrace)
    }

    private mutating func breakLine() {
        guard let indentation else { return }
        bytes.append(ASCII.newline)
        bytes.append(contentsOf: repeatElement(ASCII.space, count: depth * indentation))
    }

    private mutating func encode(_ text: String) {
        var text = text
        bytes.append(ASCII.quote)
        text.withUTF8 { utf8 in
            var start = 0
            for (index, byte) in utf8.enumerated()
            where byte < ASCII.space || byte == ASCII.quote || byte == ASCII.backslash {
                bytes.append(contentsOf: utf8[start..<index])
                appendEscape(of: byte)
                start = index + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(ASCII.quote)
    }

    private mutating func appendEscape(of byte: UInt8) {
        switch byte {
        case ASCII.quote: append("\\\"")
        case ASCII.backslash: append("\\\\")
        case ASCII.newline: append("\\n")
        case ASCII.carriageReturn: append("\\r")
        case ASCII.tab: append("\\t")
        case _:
            append(byte < 0x10 ? "\\u000" : "\\u00")
            bytes.append(contentsOf: String(byte, radix: 16).utf8)
        }
    }
}
