extension AttributeValue {
    /// How a JSON text is laid out.
    package enum JSONStyle: Sendable, Hashable {
        /// On one line, without spaces.
        case compact
        /// A line for each member and element, indented by two spaces.
        case pretty
    }

    /// Reads one JSON text (RFC 8259). Whole numbers that fit become ``int(_:)``, all others ``number(_:)``; of members
    /// of the same name the last counts.
    package init(json bytes: [UInt8], maximumDepth: Int = 512) throws(JSONSyntaxError) {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result<AttributeValue, JSONSyntaxError> { () throws(JSONSyntaxError) in
                var parser = JSONParser(buffer, maximumDepth: maximumDepth)
                return try parser.parseDocument()
            }
        }
        self = try result.get()
    }

    package init(json text: String, maximumDepth: Int = 512) throws(JSONSyntaxError) {
        try self.init(json: Array(text.utf8), maximumDepth: maximumDepth)
    }

    /// This value as JSON, members in the order of their names: equal values give equal bytes.
    package func json(_ style: JSONStyle = .compact) -> [UInt8] {
        var encoder = JSONEncoder(indentation: style == .pretty ? 2 : nil)
        encoder.encode(self)
        return encoder.bytes
    }

    package func jsonText(_ style: JSONStyle = .compact) -> String {
        String(decoding: json(style), as: UTF8.self)
    }
}
