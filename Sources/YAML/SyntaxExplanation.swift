import Diagnostics

/// A syntax error in our words, and what to do about it, found by libyaml's own words: it has no codes.
struct SyntaxExplanation {
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

    /// Both without a full stop.
    typealias Words = (message: String, help: String)

    var words: Words {
        switch problem.text {
        case "found character that cannot start any token": unexpectedCharacter
        case "could not find expected ':'":
            (
                "this is no \"key: value\"",
                "write a space after the colon; if this is text, indent it below its key or quote it"
            )
        case "mapping values are not allowed in this context": unexpectedColon
        case "block sequence entries are not allowed in this context":
            ("a list cannot begin on the line of its key", "begin it on the line below, or write it in brackets")
        case "mapping keys are not allowed in this context":
            ("a map cannot begin on the line of its key", "begin it on the line below, or write it in braces")
        case "did not find expected key": missingKey
        case "did not find expected '-' indicator":
            (
                "this line is neither an entry of the list before it nor part of one",
                "begin it with \"- \", indented like the entries; or indent it like the keys of the last entry"
            )
        case "found unexpected end of stream", "found unexpected document indicator":
            ("this quote is not closed", "close it, or leave it out")
        case "did not find expected node content": missingNode
        case "did not find expected <document start>": missingDocumentStart
        default: wordsInBrackets ?? wordsOfText ?? wordsOfDirective ?? others
        }
    }

    private var wordsInBrackets: Words? {
        switch problem.text {
        case "did not find expected ',' or ']'":
            ("a \",\" or \"]\" is missing in a list", "close the list, or put a comma between its elements")
        case "did not find expected ',' or '}'":
            (
                "a \",\" or \"}\" is missing in a map",
                "close the map, or put a comma between its members; a text with \": \" in it needs quotes"
            )
        default: nil
        }
    }

    private var wordsOfText: Words? {
        switch problem.text {
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            (
                "a backslash in double quotes that begins no known escape",
                "write \"\\\\\" for a backslash, or use single quotes, in which it means nothing"
            )
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            tab
        case "did not find expected comment or line break"
        where problem.context?.text == "while scanning a block scalar":
            ("text on the line of its \"|\" or \">\"", "begin the text on the line below")
        case "found an indentation indicator equal to 0":
            ("a text cannot be indented by 0", "leave the digit out, or write one from 1 to 9")
        case "did not find expected alphabetic or numeric character":
            ("a \"*\" or \"&\" without a name", "quote a text that begins with \"*\" or \"&\"")
        default: nil
        }
    }

    private var wordsOfDirective: Words? {
        switch problem.text {
        case "found undefined tag handle": ("unknown tag", "remove it")
        case "found incompatible YAML document":
            ("an unknown version of YAML", "remove the line \"%YAML\", or write \"%YAML 1.2\"")
        case "found unknown directive name":
            ("unknown directive", "remove the line: the directives are %YAML and %TAG")
        default: nil
        }
    }

    private var others: Words {
        (
            [problem.text, problem.context?.text].compactMap(\.self).joined(separator: " "),
            "check the quotes, colons, brackets and indentation here and in the lines before"
        )
    }

    private var tab: Words { ("a tab where only spaces can be", "indent with spaces: YAML does not allow tabs there") }

    private var unexpectedCharacter: Words {
        guard let character, character != "\t" else { return tab }
        return ("a text cannot begin with \"\(character)\"", "quote it")
    }

    private var unexpectedColon: Words {
        before.contains(": ")
            ? (
                "a \": \" after another on the same line",
                "quote a text that has \": \" in it; begin a map on a line of its own, indented below its key"
            )
            : (
                "this key does not fit the line before it",
                "indent it like the others of its map; if the line before is a key too, its \": \" is missing"
            )
    }

    private var missingKey: Words {
        guard before.allSatisfy({ $0 == " " }) else {
            return (
                "text after a closing quote or bracket",
                "quote all of it, or remove what is too much; in single quotes, '' stands for one"
            )
        }
        return character == "-"
            ? ("an entry with \"-\" among the keys of a map", "indent the list below its key")
            : (
                "this line is indented neither like the keys before it nor below one",
                "indent it like those it belongs to"
            )
    }

    private var missingNode: Words {
        switch character {
        case "]", "}": ("a bracket that closes nothing", "remove it; as text it needs quotes")
        default: ("a value is missing here", "write one, or remove what announces it")
        }
    }

    private var missingDocumentStart: Words {
        switch character {
        case "]", "}": ("a bracket that closes nothing", "remove it; as text it needs quotes")
        default:
            (
                "this does not belong to the document before it",
                "write \"---\" between two documents; all of one document is indented alike"
            )
        }
    }
}
