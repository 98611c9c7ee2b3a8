import AttributeTree

/// What the renderings of the reference say of a field, in words.
struct FieldFacts {
    private let field: Field

    init(_ field: Field) {
        self.field = field
    }

    /// `list of whole numbers`, `name of a cluster or ARN`.
    var type: String { field.type.noun(isPlural: false) }

    /// The documented values of a string, or of the strings in a list or map.
    var values: [String] { field.type.leaf.rule?.allowed ?? [] }

    /// `1 to 255 characters`, `2 to 4 elements`, `0 to 100`.
    var limits: [String] {
        var limits: [String?] = []
        if case .list(let rule) = field.type { limits.append(rule.count.flatMap { Self.count($0, of: "element") }) }
        switch field.type.leaf {
        case .string(let rule):
            limits.append(rule.length.flatMap { Self.count($0, of: "character") })
            limits.append(rule.pattern.map { "matches `\($0)`" })
        case .integer(let range): limits.append(range.flatMap { Bounds($0).phrase })
        case .number(let range): limits.append(range.flatMap { Bounds($0).phrase })
        case .boolean, .list, .map, .object, .reference: break
        }
        return limits.compactMap(\.self)
    }

    /// A sentence each, without a full stop.
    var notes: [String] {
        var notes: [String] = []
        if let value = field.impliedValue { notes.append("when absent, \(Self.text(value)) is written in its place") }
        if let value = field.defaultValue { notes.append("default \(Self.text(value))") }
        if case .list(let rule) = field.type {
            switch rule.comparison {
            case .ordered: break
            case .set: notes.append("in any order")
            case .keyed(let key): notes.append("in any order, matched by `\(key)`")
            }
        }
        switch field.effect {
        case .inPlace: break
        case .rollsTasks: notes.append("a change rolls the tasks")
        case .replace: notes.append("a change replaces the resource")
        }
        if field.movesTraffic { notes.append("a change moves traffic") }
        if field.isSecret { notes.append("secret: neither shown nor stored") }
        if field.isSharedWithOthers { notes.append("not compared when absent") }
        return notes
    }

    private static func text(_ value: AttributeValue) -> String { "`\(value.stringValue ?? value.jsonText())`" }

    private static func count(_ range: ClosedRange<Int>, of unit: String) -> String? {
        Bounds(range, isCount: true).phrase.map { "\($0) \(unit)\(range.upperBound == 1 ? "" : "s")" }
    }
}

extension ValueType {
    fileprivate func noun(isPlural: Bool) -> String {
        let ending = isPlural ? "s" : ""
        switch self {
        case .string: return "string\(ending)"
        case .integer: return "whole number\(ending)"
        case .number: return "number\(ending)"
        case .boolean: return "boolean\(ending)"
        case .object: return "map\(ending)"
        case .map(let type): return "map\(ending) of \(type.noun(isPlural: true))"
        case .list(let rule): return "list\(ending) of \(rule.element.noun(isPlural: true))\(rule.element.wordForAll)"
        case .reference(let rule): return rule.noun(isPlural: isPlural)
        }
    }

    /// A list of references may be one word instead.
    private var wordForAll: String {
        guard case .reference(let rule) = self, let subject = rule.lookup else { return "" }
        return ", or `\(Lookup(subject).word)`"
    }

    /// The type of what is at the bottom of lists and maps.
    fileprivate var leaf: ValueType {
        switch self {
        case .list(let rule): rule.element.leaf
        case .map(let type): type.leaf
        case .string, .integer, .number, .boolean, .object, .reference: self
        }
    }

    fileprivate var rule: StringRule? {
        if case .string(let rule) = self { rule } else { nil }
    }

    /// The object whose fields are written in a value of this type, in lists and maps too.
    var object: ObjectSchema? {
        if case .object(let schema) = leaf { schema } else { nil }
    }
}

extension ReferenceRule {
    fileprivate func noun(isPlural: Bool) -> String {
        let ending = isPlural ? "s" : ""
        var nouns = kinds.map { "name\(ending) of \(isPlural ? $0.words + "s" : $0.wordsWithArticle)" }
        nouns += literalPrefixes.map { $0 == "arn:" ? "ARN\(ending)" : "id\(ending) `\($0)…`" }
        if acceptsPlainNames, kinds.isEmpty { nouns.append("name\(ending)") }
        if let lookup, !isPlural { nouns.append("`\(Lookup(lookup).word)`") }
        return nouns.isEmpty ? "name\(ending)" : nouns.joined(separator: " or ")
    }
}
