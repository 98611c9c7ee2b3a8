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
        let (message, help) = SyntaxExplanation(problem, in: source, at: byte).words
        let range = source.range(ofBytes: byte..<byte + 1)
        guard let context = problem.context else { return Diagnostic(.error, message, at: range, help: [help]) }
        let contextByte = cursor.byte(ofCharacter: context.offset)
        if problem.isMendedWhereItBegan {
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

extension SyntaxProblem {
    /// Whether libyaml notices only later, such as a quote that is still open at the end of the file.
    fileprivate var isMendedWhereItBegan: Bool {
        switch text {
        case "could not find expected ':'", "found unexpected end of stream", "found unexpected document indicator":
            true
        default: false
        }
    }
}
