import Diagnostics
import ResourceModel

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
            .error, "\(slot.label) has \(characters); it must have \(allowed.demand(of: count))", at: range)
    }

    static func patternMismatch(_ text: String, _ slot: Slot, _ rule: StringRule, at range: SourceRange) -> Diagnostic {
        Diagnostic(.error, "\(slot.label) cannot be \(slot.shown(text))", at: range, help: rule.patternHelp)
    }

    static func outOfRange(_ text: String, _ slot: Slot, _ bounds: Bounds, at range: SourceRange) -> Diagnostic {
        let value = slot.isSecret ? "out of range" : text
        return Diagnostic(.error, "\(slot.label) is \(value); it must be \(bounds.words)", at: range)
    }
}

extension StringRule {
    /// What to say to who wrote a text that the pattern does not match.
    var patternHelp: [String] {
        [patternWords ?? pattern.map { "it must match the regular expression \($0)" }].compactMap(\.self)
    }
}

extension ClosedRange<Int> {
    /// What a count outside of the range must become: `at most 32`, the end that it is beyond.
    func demand(of count: Int) -> String {
        if lowerBound == upperBound { return "exactly \(lowerBound)" }
        return count > upperBound ? "at most \(upperBound)" : "at least \(lowerBound)"
    }
}
