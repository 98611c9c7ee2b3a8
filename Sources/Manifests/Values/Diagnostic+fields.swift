import AttributeTree
import Diagnostics
import ResourceModel

// Members that should or should not be there.
extension Diagnostic {
    /// What is known of a field name that an object does not have.
    struct UnknownField {
        var name: String
        /// What has no such field: `"deploymentConfiguration"`.
        var owner: String
        var schema: ObjectSchema
        /// What `reconcile schema` knows the owner by: `Service.deploymentConfiguration`.
        var path: String
        /// Where the kind has a field of this name: `spec.containerDefinitions[].image`.
        var elsewhere: String?
    }

    static func unknownField(_ field: UnknownField, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "\(field.owner) has no field \"\(field.name)\"", at: range, help: help(for: field))
    }

    private static func help(for field: UnknownField) -> [String] {
        let folded = field.name.lowercased()
        if let renamed = field.schema.fields.first(where: { $0.providerName.lowercased() == folded }) {
            return ["did you mean \"\(renamed.name)\"?"]
        }
        var help = suggestion(for: field.name, among: field.schema.fields.map(\.name))
        if let elsewhere = field.elsewhere { help.append("\"\(field.name)\" belongs at \"\(elsewhere)\"") }
        guard help.isEmpty else { return help }
        let names = field.schema.fields.map { "\"\($0.name)\"" }
        switch names.count {
        case 0: return ["it takes no fields"]
        case 1...longestList: return ["it takes \(names.joined(separator: ", "))"]
        default: return ["\"reconcile schema \(field.path)\" lists its fields"]
        }
    }

    /// Of more words than these none is found at a glance.
    static let longestList = 12

    static func missingField(_ field: Field, in slot: Slot, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "\(slot.label) lacks the required field \"\(field.name)\"", at: range,
            help: ["add \"\(field.name)\", \(field.type.words)"])
    }

    static func keyIsNoText(_ slot: Slot, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "a key of \(slot.label) is a list or a map", at: range,
            help: ["write a word before the colon"])
    }

    /// - Parameter isEmpty: not even `null` is written; then lines below may have been meant.
    static func noValue(_ slot: Slot, isEmpty: Bool, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "\(slot.label) has no value", at: range,
            help: ["write one, or leave it out"]
                + (isEmpty ? ["lines that belong in it are indented further than its name"] : []))
    }
}

// Lists.
extension Diagnostic {
    static func listExpected(_ slot: Slot, element: ValueType, scalar: Scalar) -> Diagnostic {
        var mismatch = typeMismatch(
            slot, expected: .list(ListRule(of: element)), found: scalar.typeName, at: scalar.range)
        if !scalar.text.isEmpty, !slot.isSecret { mismatch.help = ["write it as a list: [\(scalar.text)]"] }
        return mismatch
    }

    static func count(_ count: Int, _ slot: Slot, allowed: ClosedRange<Int>, at range: SourceRange) -> Diagnostic {
        let elements = count == 0 ? "no elements" : count == 1 ? "1 element" : "\(count) elements"
        return Diagnostic(
            .error, "\(slot.label) has \(elements); it must have \(Bounds(allowed, isCount: true).words)", at: range)
    }

    /// - Parameter keyField: `nil` when the elements themselves are equal.
    static func repeated(
        _ key: AttributeValue, keyField: String?, _ slot: Slot, at range: SourceRange, first: SourceRange
    ) -> Diagnostic {
        let text = key.stringValue ?? key.jsonText()
        let value = key.mapValue == nil ? slot.shown(text) : "the same element"
        let message =
            keyField.map { "two elements of \(slot.label) have the \"\($0)\" \(value)" }
            ?? "\(slot.label) has \(value) twice"
        return Diagnostic(
            .error, message, at: range, related: [Related("first written here", at: first)],
            help: [keyField.map { "give each another \"\($0)\"" } ?? "remove one of the two"])
    }
}
