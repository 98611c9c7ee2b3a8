import AttributeTree

/// The documented shape of a JSON document, written as a document with words in the place of values.
///
/// - A word names a type, `string`, `int`, `bool` or `any`; other words, parted by bars, are the strings that may stand
///   there: `none|inPlace`.
/// - A list has one element, the shape of all of them.
/// - A map has exactly these members. The name of one that may be absent ends in `?`; `*` stands for members of any name.
struct JSONShape: Sendable, ExpressibleByDictionaryLiteral {
    private let shape: AttributeValue

    init(dictionaryLiteral members: (String, AttributeValue)...) {
        shape = .map(Dictionary(members) { _, last in last })
    }

    /// Where a document differs from the shape, as sentences; none where it does not.
    func mismatches(of document: AttributeValue) -> [String] {
        Self.mismatches(of: document, with: shape, at: "$")
    }

    private static func mismatches(
        of value: AttributeValue, with shape: AttributeValue, at path: String
    ) -> [String] {
        switch (shape, value) {
        case (.string(let word), _): matches(value, word) ? [] : ["\(path) is \(value.jsonText()), not \(word)"]
        case (.list(let shapes), .list(let elements)):
            elements.enumerated().flatMap { index, element in
                mismatches(of: element, with: shapes[0], at: "\(path)[\(index)]")
            }
        case (.map(let shapes), .map(let members)): mismatches(of: members, with: shapes, at: path)
        default: ["\(path) is \(value.typeName), not \(shape.typeName)"]
        }
    }

    private static func mismatches(
        of members: [String: AttributeValue], with shapes: [String: AttributeValue], at path: String
    ) -> [String] {
        let missing = shapes.keys.filter { $0 != "*" && !$0.hasSuffix("?") && members[$0] == nil }
        return missing.sorted().map { "\(path).\($0) is missing" }
            + members.sorted { $0.key < $1.key }.flatMap { name, value in
                guard let shape = shapes[name] ?? shapes["\(name)?"] ?? shapes["*"] else {
                    return ["\(path).\(name) is not documented"]
                }
                return mismatches(of: value, with: shape, at: "\(path).\(name)")
            }
    }

    private static func matches(_ value: AttributeValue, _ word: String) -> Bool {
        switch word {
        case "any": true
        case "string": value.stringValue != nil
        case "int": value.intValue != nil
        case "bool": value.boolValue != nil
        default: word.split(separator: "|").contains { value == .string(String($0)) }
        }
    }
}
