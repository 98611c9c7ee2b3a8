extension ValueType {
    /// What a sentence calls a value of this type: `a whole number`, `the name of a cluster or an ARN`.
    package var words: String {
        switch self {
        case .string(let rule): rule.isShort ? rule.choices : "a string"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "a boolean"
        case .list: "a list"
        case .map, .object: "a map"
        case .reference(let rule): rule.words
        }
    }
}

extension StringRule {
    /// Whether its values can be listed within a sentence.
    fileprivate var isShort: Bool { (1...4).contains(allowed.count) }

    fileprivate var choices: String {
        let quoted = allowed.map { "\"\($0)\"" }
        let last = quoted.suffix(1).joined()
        return quoted.count > 1 ? quoted.dropLast().joined(separator: ", ") + " or " + last : last
    }
}

extension ReferenceRule {
    package var words: String {
        let names = kinds.map { "the name of \($0.wordsWithArticle)" }
        let word = lookup.map { ["the word \"\(Lookup($0).word)\""] } ?? []
        return (names + literals + word).joined(separator: " or ")
    }

    /// What a literal looks like: `an ARN`, `an id that begins with "subnet-"`.
    package var literalWords: String {
        literals.isEmpty ? "a name" : literals.joined(separator: " or ")
    }

    private var literals: [String] {
        literalPrefixes.map { $0 == "arn:" ? "an ARN" : "an id that begins with \"\($0)\"" }
            + (acceptsPlainNames && kinds.isEmpty ? ["a name"] : [])
    }
}
