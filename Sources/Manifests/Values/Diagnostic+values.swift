import Diagnostics
import ResourceModel
import YAML

// Values of the wrong type.
extension Diagnostic {
    static func typeMismatch(
        _ slot: Slot, expected: ValueType, found: String, at range: SourceRange
    ) -> Diagnostic {
        Diagnostic(.error, "\(slot.label) takes \(expected.words), not \(found)", at: range)
    }

    /// A scalar where another scalar belongs.
    static func scalarMismatch(_ slot: Slot, expected: ValueType, _ scalar: Scalar) -> Diagnostic {
        var mismatch = typeMismatch(slot, expected: expected, found: scalar.typeName, at: scalar.range)
        mismatch.help = remedy(for: scalar, expected: expected)
        return mismatch
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
}

// Values of the right type that are not allowed.
extension Diagnostic {
    static func notAllowed(_ text: String, _ slot: Slot, allowed: [String], at range: SourceRange) -> Diagnostic {
        let suggestion = slot.isSecret ? [] : suggestion(for: text, among: allowed)
        let list = allowed.map { "\"\($0)\"" }.joined(separator: ", ")
        return Diagnostic(
            .error, "\(slot.label) cannot be \(slot.shown(text))", at: range,
            help: suggestion.isEmpty || allowed.count <= 4
                ? suggestion + [allowed.count == 1 ? "it must be \(list)" : "it must be one of \(list)"] : suggestion)
    }

    static func length(_ count: Int, _ slot: Slot, allowed: ClosedRange<Int>, at range: SourceRange) -> Diagnostic {
        let characters = count == 1 ? "1 character" : "\(count) characters"
        return Diagnostic(
            .error, "\(slot.label) has \(characters); it must have \(Bounds(allowed, isCount: true).words)", at: range)
    }

    static func patternMismatch(_ text: String, _ slot: Slot, pattern: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "\(slot.label) cannot be \(slot.shown(text))", at: range,
            help: ["it must match the regular expression \(pattern)"])
    }

    static func outOfRange(_ text: String, _ slot: Slot, _ bounds: Bounds, at range: SourceRange) -> Diagnostic {
        let value = slot.isSecret ? "out of range" : text
        return Diagnostic(.error, "\(slot.label) is \(value); it must be \(bounds.words)", at: range)
    }
}
