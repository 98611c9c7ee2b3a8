import Diagnostics

/// What to do about a syntax error of libyaml, found by its own words: it has no codes.
struct SyntaxRemedy {
    private let problem: SyntaxProblem
    /// What stands at the place; `nil` at the end of the file.
    private let character: Character?
    /// What stands before it on its line.
    private let before: String

    init(_ problem: SyntaxProblem, in source: SourceText, at byte: Int) {
        self.problem = problem
        character = byte < source.bytes.count ? Character(Unicode.Scalar(source.bytes[byte])) : nil
        let line = source.byteRange(ofLine: source.place(atByte: byte).line) ?? byte..<byte
        before = String(decoding: source.bytes[line.lowerBound..<max(line.lowerBound, byte)], as: UTF8.self)
    }

    private var beginsLine: Bool { before.allSatisfy { $0 == " " } }

    /// A sentence without a full stop.
    var text: String {
        switch problem.text {
        case "found character that cannot start any token": unexpectedCharacter
        case "could not find expected ':'":
            "write \"key: value\", with a space after the colon; if this is text, indent it below its key or quote it"
        case "mapping values are not allowed in this context": unexpectedColon
        case "block sequence entries are not allowed in this context": "begin a list on the line below its key"
        case "mapping keys are not allowed in this context": "begin a mapping on the line below its key"
        case "did not find expected key": missingKey
        case "did not find expected '-' indicator":
            "begin this line with \"- \", indented like the entries before it"
        case "did not find expected ',' or ']'": "close the list with \"]\", or put a comma between its elements"
        case "did not find expected ',' or '}'":
            "close the mapping with \"}\", or put a comma between its members; a text with \": \" in it needs quotes"
        case "found unexpected end of stream", "found unexpected document indicator": "close the quote"
        case "did not find expected node content": missingNode
        case "did not find expected <document start>": missingDocumentStart
        default: rareText
        }
    }

    private var rareText: String {
        switch problem.text {
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            "write \"\\\\\" for a backslash, or use single quotes, in which it means nothing"
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            tab
        case "did not find expected comment or line break"
        where problem.context?.text == "while scanning a block scalar":
            "begin the text on the line below \"|\" or \">\""
        case "found an indentation indicator equal to 0": "leave the digit out, or write one from 1 to 9"
        case "did not find expected alphabetic or numeric character": "quote a text that begins with \"*\" or \"&\""
        case "found undefined tag handle": "remove the tag"
        case "found incompatible YAML document": "remove the line \"%YAML\", or write \"%YAML 1.2\""
        case "found unknown directive name": "remove the line: the directives are %YAML and %TAG"
        default: "check the quotes, colons, brackets and indentation here and in the lines before"
        }
    }

    private var tab: String { "indent with spaces: YAML does not allow tabs there" }

    private var unexpectedCharacter: String {
        guard let character, character != "\t" else { return tab }
        return "quote a text that begins with \"\(character)\""
    }

    private var unexpectedColon: String {
        before.contains(": ")
            ? "quote a text that has \": \" in it; begin a mapping on a line of its own, indented below its key"
            : "indent this key like the others of its mapping; if the line before is a key too, its \": \" is missing"
    }

    private var missingKey: String {
        guard beginsLine else {
            return "nothing may follow a closing quote or bracket: quote all of it; in single quotes, '' stands for one"
        }
        return character == "-"
            ? "a mapping has no entries with \"-\": indent the list below its key"
            : "indent this line like the keys before it"
    }

    private var missingNode: String {
        switch character {
        case "]", "}": "remove the bracket, none is open here; as text it needs quotes"
        default: "write a value here, or remove what announces it"
        }
    }

    private var missingDocumentStart: String {
        switch character {
        case "]", "}": "remove the bracket: none is open here"
        default: "write \"---\" between two documents; all of one document is indented alike"
        }
    }
}
