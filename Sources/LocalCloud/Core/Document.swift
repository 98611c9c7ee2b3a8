package import AttributeTree

/// A part of a record that is kept as AWS's own tree: what a caller wrote and gets back.
///
/// It is stored as JSON text, since decoding a recursive value member by member is slow.
package struct Document: Sendable, Hashable, Codable {
    package var value: AttributeValue

    package init(_ value: AttributeValue) { self.value = value }

    package subscript(member: String) -> AttributeValue? {
        get { value[member] }
        set { value[member] = newValue }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value.jsonText())
    }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        value = try AttributeValue(json: Array(text.utf8))
    }
}
