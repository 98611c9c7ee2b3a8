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
        /// The field for the name in the cloud, where it is the content of a resource that lacks the field.
        var nameField: String?
        /// Where the kind has a field of this name: `spec.containerDefinitions[].image`.
        var elsewhere: String?

        /// The field that AWS calls like this.
        fileprivate var renamed: String? {
            let folded = name.lowercased()
            return schema.fields.first { $0.providerName.lowercased() == folded }?.name
        }

        fileprivate var resembling: String? { didYouMean(name, among: schema.fields.map(\.name)) }

        /// The field that was most likely meant.
        var meant: String? { renamed ?? resembling }
    }

    static func unknownField(_ field: UnknownField, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "\(field.owner) has no field \"\(field.name)\"", at: range, help: help(for: field))
    }

    private static func help(for field: UnknownField) -> [String] {
        if let renamed = field.renamed { return ["did you mean \"\(renamed)\"?"] }
        if field.name == "name", let nameField = field.nameField {
            return ["its name is in \"metadata\"; where it has another in the cloud, write \"\(nameField)\""]
        }
        var help = field.resembling.map { ["did you mean \"\($0)\"?"] } ?? []
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

    static func missingFields(_ fields: [Field], in slot: Slot, at range: SourceRange) -> Diagnostic {
        let names = fields.map { "\"\($0.name)\"" }
        let list =
            names.count > 1 ? "\(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])" : names[0]
        return Diagnostic(
            .error, "\(slot.label) lacks the required \(names.count > 1 ? "fields" : "field") \(list)", at: range,
            help: fields.map { "add \"\($0.name)\", \($0.type.words)" })
    }

    static func keyIsNoText(_ slot: Slot, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "a key of \(slot.label) is a list or a map", at: range,
            help: ["write a word before the colon"])
    }

    /// - Parameter mayContinue: its value may be on lines below, and not even `null` is written.
    static func noValue(_ slot: Slot, mayContinue: Bool, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "\(slot.label) has no value", at: range,
            help: [slot.isRequired ? "write one" : "write one, or leave it out"]
                + (mayContinue ? ["lines that belong in it are indented further than its name"] : []))
    }
}

// Lists.
extension Diagnostic {
    static func count(_ count: Int, _ slot: Slot, allowed: ClosedRange<Int>, at range: SourceRange) -> Diagnostic {
        let elements = count == 0 ? "no elements" : count == 1 ? "1 element" : "\(count) elements"
        return Diagnostic(
            .error, "\(slot.label) has \(elements); it must have \(allowed.demand(of: count))", at: range)
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
