import AttributeTree
import Diagnostics
import ResourceModel
import YAML

// Values of the wrong type.
extension Diagnostic {
    static func typeMismatch(
        _ slot: Slot, expected: ValueType, found: String, at range: SourceRange, help: [String] = []
    ) -> Diagnostic {
        Diagnostic(.error, "\(slot.label) takes \(expected.words), not \(found)", at: range, help: help)
    }

    /// A list or a map where something else belongs.
    static func collectionMismatch(_ slot: Slot, expected: ValueType, _ node: YAMLNode) -> Diagnostic {
        typeMismatch(
            slot, expected: expected, found: node.kind == .mapping ? "a map" : "a list", at: slot.range(of: node),
            help: slot.isSecret ? [] : CollectionRemedy(expected: expected, node).words)
    }

    /// A scalar where a map belongs.
    static func mapExpected(_ slot: Slot, _ type: ValueType, _ scalar: Scalar) -> Diagnostic {
        typeMismatch(
            slot, expected: type, found: scalar.typeName, at: scalar.node.range,
            help: slot.isSecret ? [] : remedy(for: scalar, insteadOfMap: type))
    }

    private static func remedy(for scalar: Scalar, insteadOfMap type: ValueType) -> [String] {
        let parts = scalar.text.split(separator: ":", maxSplits: 1)
        if !scalar.isQuoted, parts.count == 2, parts.allSatisfy({ !$0.contains(" ") }), !parts[1].hasPrefix("/") {
            return ["write a space after the colon: \"\(parts[0]): \(parts[1])\""]
        }
        guard case .object(let schema) = type, (1...longestList).contains(schema.fields.count) else { return [] }
        return ["it takes \(schema.fields.map { "\"\($0.name)\"" }.joined(separator: ", "))"]
    }

    /// A scalar where another scalar belongs.
    static func scalarMismatch(_ slot: Slot, expected: ValueType, _ scalar: Scalar) -> Diagnostic {
        typeMismatch(
            slot, expected: expected, found: scalar.typeName, at: scalar.range,
            help: scalar.hasVariables && !slot.isSecret
                ? ["with its variables replaced it is \"\(scalar.text)\""] : remedy(for: scalar, expected: expected))
    }

    private static func remedy(for scalar: Scalar, expected: ValueType) -> [String] {
        let meaning = YAMLScalarValue(plain: scalar.text)
        switch (expected, meaning) {
        case (.integer, .int), (.number, .int), (.number, .float), (.boolean, .bool):
            return scalar.isQuoted ? ["remove the quotes"] : []
        case (.boolean, _):
            switch scalar.text.lowercased() {
            case "yes", "on", "y", "1", "enabled": return ["did you mean true?"]
            case "no", "off", "n", "0", "disabled": return ["did you mean false?"]
            default: return ["write true or false"]
            }
        default: return []
        }
    }

    /// A plain boolean, or a plain number in another form than decimals, for a string.
    static func unquotedString(_ slot: Slot, _ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .error, "\(slot.label) takes a string, not \(scalar.typeName)", at: scalar.range,
            help: [slot.isSecret ? "quote it" : "quote it: \"\(scalar.text)\""])
    }

    static func listExpected(_ slot: Slot, element: ValueType, scalar: Scalar) -> Diagnostic {
        typeMismatch(
            slot, expected: .list(ListRule(of: element)), found: scalar.typeName, at: scalar.range,
            help: scalar.text.isEmpty || slot.isSecret ? [] : ["write it as a list: [\(scalar.text)]"])
    }
}

/// What to do about a list or a map that is not the type that belongs in its place.
private struct CollectionRemedy {
    private let expected: ValueType
    private let node: YAMLNode

    init(expected: ValueType, _ node: YAMLNode) {
        self.expected = expected
        self.node = node
    }

    var words: [String] {
        switch (expected, node.kind) {
        case (.list(let rule), .mapping): [list(rule)]
        case (.map, .sequence), (.object, .sequence):
            [node.style == .block ? "write its members without \"- \"" : "write it as a map: {key: value}"]
        case (_, .sequence): soleElement.map { ["write it without brackets: \($0)"] } ?? []
        case (.reference, .mapping): ["write the name alone"]
        case (_, .mapping), (_, .scalar): []
        }
    }

    private func list(_ rule: ListRule) -> String {
        guard case .keyed(let field) = rule.comparison, node[field] == nil, let first = node.pairs.first?.key.scalar
        else {
            return "begin each element with \"- \""
        }
        // `app: {image: …}` and `DEBUG: "true"` are how other tools write what has a name of its own.
        return "begin each element with \"- \", and give it its \"\(field)\": \"- \(field): \(first)\""
    }

    private var soleElement: String? {
        node.elements.count == 1 ? node.elements[0].scalar : nil
    }
}
