import Diagnostics

extension Diagnostic {
    /// A syntax error: what libyaml says, shown where the user can mend it, and how.
    ///
    /// - Parameter origin: the bytes before those that libyaml was given.
    static func syntax(
        _ problem: SyntaxProblem, in source: SourceText, origin: Int, cursor: inout CharacterCursor
    ) -> Diagnostic {
        if let scalar = problem.scalar { return control(scalar, in: source, at: origin + problem.offset) }
        let byte = cursor.byte(ofCharacter: problem.offset)
        let help = SyntaxRemedy.remedy(for: problem, at: source.character(atByte: byte))
        let range = source.range(ofBytes: byte..<byte + 1)
        guard let context = problem.context else { return Diagnostic(.error, problem.text, at: range, help: [help]) }
        let message = "\(problem.text) \(context.text)"
        let contextByte = cursor.byte(ofCharacter: context.offset)
        if SyntaxRemedy.isMendedWhereItBegan(problem) {
            return Diagnostic(.error, message, at: source.restOfLine(fromByte: contextByte), help: [help])
        }
        let began = Diagnostic.Related("it begins here", at: source.range(ofBytes: contextByte..<contextByte + 1))
        return Diagnostic(.error, message, at: range, related: contextByte < byte ? [began] : [], help: [help])
    }

    private static func control(_ scalar: Unicode.Scalar, in source: SourceText, at byte: Int) -> Diagnostic {
        Diagnostic(
            .error, "the control character U+\(hexadecimal(scalar.value, digits: 4)) is not allowed",
            at: source.range(ofBytes: byte..<byte + 1),
            help: [
                scalar.value == 0
                    ? "save the file as UTF-8 text; it may be in UTF-16, or no text at all, now"
                    : "remove it, or write it as an escape in double quotes: \"\\u\(hexadecimal(scalar.value, digits: 4))\""
            ])
    }
}

extension SourceText {
    fileprivate func character(atByte offset: Int) -> Character? {
        bytes.indices.contains(offset) ? Character(Unicode.Scalar(bytes[offset])) : nil
    }
}

/// What to do about libyaml's syntax errors, found by its own words: it has no codes.
private enum SyntaxRemedy {
    /// Whether libyaml notices only later, such as a quote that is still open at the end of the file.
    static func isMendedWhereItBegan(_ problem: SyntaxProblem) -> Bool {
        switch problem.text {
        case "could not find expected ':'", "found unexpected end of stream", "found unexpected document indicator":
            true
        default: false
        }
    }

    static func remedy(for problem: SyntaxProblem, at character: Character?) -> String {
        switch problem.text {
        case "found character that cannot start any token": unexpected(character)
        case "could not find expected ':'":
            "write \"key: value\", with a space after the colon; if this is text, indent it below its key or quote it"
        case "mapping values are not allowed in this context":
            "quote a text that has \": \" in it; begin a mapping on a line of its own, indented below its key"
        case "block sequence entries are not allowed in this context":
            "begin a list on the line below its key"
        case "mapping keys are not allowed in this context":
            "begin a mapping on the line below its key"
        case "did not find expected key":
            "indent this line like the keys before it; text after a closing quote has to be inside the quotes"
        case "did not find expected '-' indicator":
            "begin this line with \"- \", indented like the entries before it"
        case "did not find expected ',' or ']'": "close the list with \"]\", or put a comma between its elements"
        case "did not find expected ',' or '}'": "close the mapping with \"}\", or put a comma between its members"
        case "found unexpected end of stream", "found unexpected document indicator": "close the quote"
        case "found unknown escape character":
            "write \"\\\\\" for a backslash, or use single quotes, in which it means nothing"
        default: rareRemedy(for: problem)
        }
    }

    private static func rareRemedy(for problem: SyntaxProblem) -> String {
        switch problem.text {
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            tab
        case "did not find expected node content": "write a value here, or remove what announces it"
        case "did not find expected <document start>":
            "write \"---\" between two documents; a document is one value, indented alike"
        case "did not find expected comment or line break"
        where problem.context?.text == "while scanning a block scalar":
            "begin the text on the line below \"|\" or \">\""
        case "did not find expected alphabetic or numeric character":
            "quote a text that begins with \"*\" or \"&\""
        case "found undefined tag handle": "remove the tag"
        case "found incompatible YAML document": "remove the line \"%YAML\", or write \"%YAML 1.2\""
        default: "check the quotes, colons, brackets and indentation here and in the lines before"
        }
    }

    private static let tab = "indent with spaces: YAML does not allow tabs there"

    private static func unexpected(_ character: Character?) -> String {
        guard let character, character != "\t" else { return tab }
        return "quote a text that begins with \"\(character)\""
    }
}
