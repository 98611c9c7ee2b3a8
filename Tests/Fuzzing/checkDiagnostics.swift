import Diagnostics

/// What is said of an input can be shown, and points into it.
func checkDiagnostics(_ diagnostics: [Diagnostic], of source: SourceText) throws(BrokenProperty) {
    for diagnostic in diagnostics {
        for range in [diagnostic.range] + diagnostic.related.map(\.range) {
            if let range { try checkPlace(range, in: source) }
        }
    }
    let sources = [source]
    for width in [10, 100] {
        let text = DiagnosticRenderer(sources: sources, excerptWidth: width).render(diagnostics)
        try require(text.unicodeScalars.allSatisfy(isHarmless), "no diagnostic drives the terminal:\n\(text)")
    }
}

func checkPlace(_ range: SourceRange, in source: SourceText) throws(BrokenProperty) {
    guard range.start.file == source.file else { return }
    guard let line = source.byteRange(ofLine: range.start.line) else {
        throw BrokenProperty("there is no line \(range.start.line)")
    }
    let characters = source.scalarCount(in: line)
    try require(
        (1...characters + 1).contains(range.start.column),
        "\(range.start) is within its line of \(characters) characters")
    try require(
        range.length == 1 || range.start.column - 1 + range.length <= characters,
        "\(range.length) characters from \(range.start) are within its line of \(characters)")
}

/// Whether a terminal only shows it.
private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || !(scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value))
}
