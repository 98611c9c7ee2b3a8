import AttributeTree

/// A filter pattern of CloudWatch Logs: words that a line must have, or a condition on its JSON (``JSONLogPattern``).
///
/// `one two` is both, `?one ?two` is either, `-one` is without it, `"one two"` is the phrase. Case matters.
struct LogPattern: Sendable {
    private enum Form: Sendable {
        case terms(all: [String], any: [String], none: [String])
        case json(JSONLogPattern)
    }

    private let form: Form

    init(_ text: String) throws(CloudFault) {
        let text = text.drop(while: \.isWhitespace)
        switch text.first {
        case "{": form = .json(try JSONLogPattern(text))
        case "[", "%":
            // Fields between spaces, and regular expressions.
            throw .invalidLogPattern
        default: form = try Self.terms(text)
        }
    }

    func matches(_ message: String) -> Bool {
        switch form {
        case .json(let pattern): pattern.matches(message)
        case .terms(let all, let any, let none):
            // AWS passes over `?` where there are words that have to be.
            all.allSatisfy(message.contains) && !none.contains(where: message.contains)
                && (any.isEmpty || !all.isEmpty || any.contains(where: message.contains))
        }
    }

    private static func terms(_ text: Substring) throws(CloudFault) -> Form {
        var (all, any, none): ([String], [String], [String]) = ([], [], [])
        var rest = text
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
                continue
            }
            if first == "?" || first == "-" { rest.removeFirst() }
            guard let term = try takeTerm(&rest), !term.isEmpty else { throw .invalidLogPattern }
            switch first {
            case "?": any.append(term)
            case "-": none.append(term)
            default: all.append(term)
            }
        }
        return .terms(all: all, any: any, none: none)
    }

    private static func takeTerm(_ rest: inout Substring) throws(CloudFault) -> String? {
        guard rest.first == "\"" else {
            let term = rest.prefix { !$0.isWhitespace }
            rest = rest.dropFirst(term.count)
            return String(term)
        }
        return try takeQuoted(&rest)
    }

    /// A phrase between quotation marks, in which a backslash stands before a quotation mark.
    static func takeQuoted(_ rest: inout Substring) throws(CloudFault) -> String {
        var phrase = ""
        rest.removeFirst()
        while let character = rest.popFirst() {
            switch character {
            case "\"": return phrase
            case "\\": phrase.append(rest.popFirst() ?? "\\")
            default: phrase.append(character)
            }
        }
        throw .invalidLogPattern
    }
}

extension CloudFault {
    static let invalidLogPattern = Self.invalidLogs("Invalid filter pattern")
}
