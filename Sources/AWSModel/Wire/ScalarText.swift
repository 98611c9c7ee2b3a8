import AttributeTree

/// Between a scalar and the text that XML and the query protocols write for it.
enum ScalarText {
    /// - Parameter value: One that a ``ShapeChecker`` found to fit.
    static func text(of value: AttributeValue, as shape: Shape) -> String {
        if case .timestamp(let format) = shape.kind { return Timestamp.text(value, as: format ?? .iso8601) }
        return switch value {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .number(let number): Int(exactly: number).map(String.init) ?? text(of: number)
        case .null, .list, .map: value.jsonText()
        }
    }

    private static func text(of number: Double) -> String {
        number.isNaN ? "NaN" : number.isInfinite ? (number < 0 ? "-Infinity" : "Infinity") : number.description
    }

    /// The value of a text, or `nil` where it is no text of that shape.
    static func value(of text: String, as shape: Shape) -> AttributeValue? {
        switch shape.kind {
        case .string, .document: .string(text)
        case .blob: Base64.isValid(text) ? .string(text) : nil
        case .integer, .long: Int(text).map { .int($0) }
        case .float, .double: AttributeValue.string(text).floatingNumber == nil ? number(text) : .string(text)
        case .boolean: boolean(text)
        case .timestamp: Timestamp.parse(text)
        case .structure, .list, .map: nil
        }
    }

    private static func number(_ text: String) -> AttributeValue? {
        guard let value = Double(text), value.isFinite else { return nil }
        return Int(text).map { .int($0) } ?? .number(value)
    }

    private static func boolean(_ text: String) -> AttributeValue? {
        switch text {
        case "true", "True", "1": true
        case "false", "False", "0": false
        default: nil
        }
    }
}
