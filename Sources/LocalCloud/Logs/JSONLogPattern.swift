import AttributeTree

/// A condition on a line that is JSON: `{ $.level = "err*" && ($.status >= 500 || $.error NOT EXISTS) }`.
struct JSONLogPattern: Sendable {
    private indirect enum Condition: Sendable {
        case and(Condition, Condition)
        case or(Condition, Condition)
        case test([String], Test)
    }

    private enum Test: Sendable {
        case equals(String, negated: Bool)
        case compares(Comparison, Double)
        case isMissing
        case isNull
        case isFlag(Bool)
    }

    private enum Comparison: String, Sendable {
        case equal = "=", unequal = "!=", less = "<", greater = ">", atMost = "<=", atLeast = ">="

        func holds(_ left: Double, _ right: Double) -> Bool {
            switch self {
            case .equal: left == right
            case .unequal: left != right
            case .less: left < right
            case .greater: left > right
            case .atMost: left <= right
            case .atLeast: left >= right
            }
        }
    }

    private let condition: Condition

    init(_ text: Substring) throws(CloudFault) {
        var tokens = try Self.tokens(text)[...]
        guard tokens.popFirst() == "{", tokens.popLast() == "}" else { throw .invalidLogPattern }
        condition = try Self.disjunction(&tokens)
        guard tokens.isEmpty else { throw .invalidLogPattern }
    }

    func matches(_ message: String) -> Bool {
        guard let value = try? AttributeValue(json: message) else { return false }
        return Self.holds(condition, value)
    }

    private static func holds(_ condition: Condition, _ root: AttributeValue) -> Bool {
        switch condition {
        case .and(let left, let right): holds(left, root) && holds(right, root)
        case .or(let left, let right): holds(left, root) || holds(right, root)
        case .test(let path, let test): holds(test, value(at: path, in: root))
        }
    }

    private static func holds(_ test: Test, _ value: AttributeValue?) -> Bool {
        switch test {
        case .isMissing: return value == nil
        case .isNull: return value?.isNull == true
        case .isFlag(let flag): return value == .bool(flag)
        case .compares(let comparison, let number):
            guard let left = value?.doubleValue else { return false }
            return comparison.holds(left, number)
        case .equals(let pattern, let negated):
            guard let text = value?.stringValue else { return false }
            return Wildcard(pattern).matches(text) != negated
        }
    }

    private static func value(at path: [String], in root: AttributeValue) -> AttributeValue? {
        var value: AttributeValue? = root
        for element in path { value = Int(element).flatMap { value?[$0] } ?? value?[element] }
        return value
    }
}

extension JSONLogPattern {
    /// Brackets, operators, words, and texts that begin with a quotation mark.
    private static func tokens(_ text: Substring) throws(CloudFault) -> [String] {
        var tokens: [String] = []
        var rest = text
        while let first = rest.first {
            let operators = ["&&", "||", "!=", "<=", ">=", "=", "<", ">", "(", ")", "{", "}"]
            if first.isWhitespace {
                rest.removeFirst()
            } else if first == "\"" {
                tokens.append("\"" + (try LogPattern.takeQuoted(&rest)))
            } else if let found = operators.first(where: rest.hasPrefix) {
                tokens.append(found)
                rest = rest.dropFirst(found.count)
            } else {
                let word = rest.prefix { !$0.isWhitespace && !"=!<>(){}&|\"".contains($0) }
                guard !word.isEmpty else { throw .invalidLogPattern }
                tokens.append(String(word))
                rest = rest.dropFirst(word.count)
            }
        }
        return tokens
    }

    private static func disjunction(_ tokens: inout ArraySlice<String>) throws(CloudFault) -> Condition {
        var condition = try conjunction(&tokens)
        while tokens.first == "||" {
            tokens.removeFirst()
            condition = .or(condition, try conjunction(&tokens))
        }
        return condition
    }

    private static func conjunction(_ tokens: inout ArraySlice<String>) throws(CloudFault) -> Condition {
        var condition = try term(&tokens)
        while tokens.first == "&&" {
            tokens.removeFirst()
            condition = .and(condition, try term(&tokens))
        }
        return condition
    }

    private static func term(_ tokens: inout ArraySlice<String>) throws(CloudFault) -> Condition {
        guard let first = tokens.popFirst() else { throw .invalidLogPattern }
        if first == "(" {
            let condition = try disjunction(&tokens)
            guard tokens.popFirst() == ")" else { throw .invalidLogPattern }
            return condition
        }
        guard first.hasPrefix("$") else { throw .invalidLogPattern }
        let path = first.dropFirst().split { ".[]'".contains($0) }.map(String.init)
        return .test(path, try test(&tokens))
    }

    private static func test(_ tokens: inout ArraySlice<String>) throws(CloudFault) -> Test {
        guard let verb = tokens.popFirst(), let object = tokens.popFirst() else { throw .invalidLogPattern }
        switch (verb.uppercased(), object.uppercased()) {
        case ("NOT", "EXISTS"): return .isMissing
        case ("IS", "NULL"): return .isNull
        case ("IS", "TRUE"): return .isFlag(true)
        case ("IS", "FALSE"): return .isFlag(false)
        default: break
        }
        guard let comparison = Comparison(rawValue: verb) else { throw .invalidLogPattern }
        if !object.hasPrefix("\""), let number = Double(object) { return .compares(comparison, number) }
        let text = object.hasPrefix("\"") ? String(object.dropFirst()) : object
        switch comparison {
        case .equal: return .equals(text, negated: false)
        case .unequal: return .equals(text, negated: true)
        case .less, .greater, .atMost, .atLeast: throw .invalidLogPattern
        }
    }
}
