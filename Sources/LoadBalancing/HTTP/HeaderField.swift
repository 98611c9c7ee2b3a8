/// Where in a head a header stands.
package struct HeaderField: Sendable, Hashable {
    package var name: FieldName
    /// Whether the name consists of letters, digits and hyphens only.
    package var hasPlainName: Bool
    private var start: UInt32
    private var nameEnd: UInt32
    private var valueStart: UInt32
    private var valueEnd: UInt32
    private var end: UInt32

    /// The line, with its end.
    package var line: Range<Int> { Int(start)..<Int(end) }
    package var nameRange: Range<Int> { Int(start)..<Int(nameEnd) }
    /// Without the spaces around it.
    package var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }

    /// Reads the lines of a head or of trailers, of which every one ends in CRLF.
    ///
    /// - Parameter range: without the empty line at the end.
    static func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(MessageFault) -> [HeaderField] {
        var fields: [HeaderField] = []
        fields.reserveCapacity(16)
        var position = range.lowerBound
        while position < range.upperBound {
            let field = try HeaderField(bytes, at: position, before: range.upperBound)
            fields.append(field)
            position = field.line.upperBound
        }
        return fields
    }

    /// Follows RFC 9112 §5: `field-name ":" OWS field-value OWS`.
    private init(_ bytes: Span<UInt8>, at start: Int, before limit: Int) throws(MessageFault) {
        if bytes[start].isWhitespace { throw .foldedField }
        var position = start
        var isPlain = true
        while position < limit, bytes[position].isToken {
            let byte = bytes[position]
            isPlain = isPlain && (byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-"))
            position += 1
        }
        guard position > start, position < limit, bytes[position] == .colon else { throw .malformedFieldName }
        let nameEnd = position
        position += 1
        let contentStart = position
        while position < limit, bytes[position].isFieldContent { position += 1 }
        guard position + 1 < limit, bytes[position] == .carriageReturn, bytes[position + 1] == .lineFeed else {
            throw .malformedFieldValue
        }
        let value = bytes.trimming(contentStart..<position)
        self.name = FieldName(bytes, start..<nameEnd)
        self.hasPlainName = isPlain
        self.start = UInt32(start)
        self.nameEnd = UInt32(nameEnd)
        self.valueStart = UInt32(value.lowerBound)
        self.valueEnd = UInt32(value.upperBound)
        self.end = UInt32(position + 2)
    }
}
