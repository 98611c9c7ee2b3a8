import AttributeTree
import Diagnostics
import ResourceModel
import YAML

extension ValueReader {
    /// A string is also a plain number in decimals, taken as it is written: AWS wants `cpu: "256"`, and people write
    /// `cpu: 256`. A plain boolean is refused, because `yes` and `true` may or may not have been meant as text.
    mutating func string(_ scalar: Scalar, _ rule: StringRule, _ slot: Slot) -> AttributeValue? {
        guard let text = stringText(scalar, slot), check(text, rule, slot, at: scalar.node) else { return nil }
        return .string(text)
    }

    private mutating func stringText(_ scalar: Scalar, _ slot: Slot) -> String? {
        switch scalar.value {
        case .string(let text): return text
        case _ where scalar.hasVariables: return scalar.text
        case .int, .float:
            if Self.isDecimal(scalar.text) { return scalar.text }
        case .bool, .null: break
        }
        diagnostics.append(.unquotedString(slot, scalar))
        return nil
    }

    private static func isDecimal(_ text: String) -> Bool {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        return digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
    }

    /// Whether a text is what a rule asks for; reports the first thing that it is not.
    mutating func check(_ text: String, _ rule: StringRule, _ slot: Slot, at node: YAMLNode) -> Bool {
        if !rule.allowed.isEmpty, !rule.allowed.contains(text) {
            diagnostics.append(.notAllowed(text, slot, allowed: rule.allowed, at: node.range))
        } else if let length = rule.length, !length.contains(text.unicodeScalars.count) {
            diagnostics.append(.length(text.unicodeScalars.count, slot, allowed: length, at: node.range))
        } else if let pattern = rule.pattern, !patterns.matches(text, pattern) {
            diagnostics.append(.patternMismatch(text, slot, rule, at: node.range))
        } else {
            return true
        }
        return false
    }

    mutating func integer(_ scalar: Scalar, _ range: ClosedRange<Int>?, _ slot: Slot) -> AttributeValue? {
        guard case .int(let value) = scalar.value else {
            diagnostics.append(.scalarMismatch(slot, expected: .integer(range), scalar))
            return nil
        }
        if let range, !range.contains(value) {
            diagnostics.append(.outOfRange("\(value)", slot, Bounds(range), at: scalar.range))
            return nil
        }
        return .int(value)
    }

    mutating func number(_ scalar: Scalar, _ range: ClosedRange<Double>?, _ slot: Slot) -> AttributeValue? {
        let value: AttributeValue
        switch scalar.value {
        case .int(let whole): value = .int(whole)
        case .float(let number) where number.isFinite: value = .number(number)
        case .float, .string, .bool, .null:
            diagnostics.append(.scalarMismatch(slot, expected: .number(range), scalar))
            return nil
        }
        if let range, let number = value.doubleValue, !range.contains(number) {
            diagnostics.append(.outOfRange(scalar.text, slot, Bounds(range), at: scalar.range))
            return nil
        }
        return value
    }

    mutating func boolean(_ scalar: Scalar, _ slot: Slot) -> AttributeValue? {
        guard case .bool(let value) = scalar.value else {
            diagnostics.append(.scalarMismatch(slot, expected: .boolean, scalar))
            return nil
        }
        return .bool(value)
    }
}
