import Diagnostics

extension Diagnostic {
    static func undefinedVariable(_ name: String, at range: SourceRange, defined: [String]) -> Diagnostic {
        let list =
            defined.isEmpty
            ? "no variables are defined"
            : "defined are \(defined.prefix(longestList).map { "\"\($0)\"" }.joined(separator: ", "))"
        return Diagnostic(
            .error, "undefined variable \"\(name)\"", at: range,
            help: suggestion(for: name, among: defined) + [
                list,
                "define it in \"variables\" of the environment, with -v \(name)=VALUE or with "
                    + "\(GivenVariables.processPrefix)\(name)",
            ])
    }

    /// `${tag}`, `${env.HOME}`, `${ var.tag }`, `${var.tag` without an end.
    static func malformedVariable(_ content: String?, at range: SourceRange, defined: [String]) -> Diagnostic {
        guard let content else {
            return Diagnostic(
                .error, "\"${\" without \"}\"", at: range,
                help: ["write \"${var.name}\" for a variable, \"$${\" for the characters themselves"])
        }
        let name = String(content.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        let bare = name.hasPrefix("var.") ? String(name.dropFirst(4)) : name
        let isMeant = name != content || defined.contains(bare)
        var help = "write \"${var.name}\" for a variable, \"$${\(content)}\" for the characters themselves"
        if isMeant, Template.isVariableName(bare.unicodeScalars) {
            help = "did you mean \"${var.\(bare)}\"?"
        } else if let colon = bare.firstIndex(of: ":"), Template.isVariableName(bare[..<colon].unicodeScalars) {
            help =
                "there are no defaults in a text: write \"${var.\(bare[..<colon])}\", and its value in \"variables\" of "
                + "the environment"
        }
        return Diagnostic(.error, "\"${\(content)}\" is not a variable", at: range, help: [help])
    }

    static func variableInProject(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "a project cannot use variables: they are defined by it", at: range,
            help: ["write the value, or \"$${\" for the characters themselves"])
    }

    /// `-v` with a name that nothing uses.
    static func unusedVariable(_ name: String, known: [String]) -> Diagnostic {
        Diagnostic(
            .error, "the variable \"\(name)\" given with -v is not used in any manifest", at: nil,
            help: suggestion(for: name, among: known) + ["write \"${var.\(name)}\" where it belongs, or leave it out"])
    }

    /// A syntax error where a plain `${var.name}` stands in brackets, of which its own are no part; others as they are.
    func explainingVariable(in source: SourceText) -> Diagnostic {
        guard let start = range?.start, start.column > 1, let bytes = source.byteRange(ofLine: start.line)
        else { return self }
        let line = String(decoding: source.bytes[bytes], as: UTF8.self).unicodeScalars
        guard line.dropFirst(start.column - 2).starts(with: ["$", "{"]) else { return self }
        var explained = self
        explained.help = ["between brackets, quote a text with a variable: \"${var.name}\""]
        return explained
    }
}
