/// Turns diagnostics into the text the user sees.
///
/// ```
/// manifests/web.yaml:12:18: error: service "web" refers to unknown target group "frontent"
///    12 |     targetGroup: frontent
///       |                  ^~~~~~~~
/// help: did you mean "frontend"?
/// ```
///
/// A pure value: it opens no file and asks no terminal. A place in a file whose text it was not given is shown without an
/// excerpt. Control characters, which could drive the terminal, are replaced wherever they come from.
package struct DiagnosticRenderer: Sendable {
    private var sources: [String: SourceText]
    private var coloured: Bool
    private var excerptWidth: Int

    /// - Parameter excerptWidth: the terminal cells of a source line that are shown; longer lines are cut around the
    ///   place with `…`.
    package init(sources: some Sequence<SourceText> = [], coloured: Bool = false, excerptWidth: Int = 100) {
        self.sources = Dictionary(sources.map { ($0.file, $0) }) { _, last in last }
        self.coloured = coloured
        self.excerptWidth = max(8, excerptWidth)
    }

    /// The text of all, in the order given, an empty line between two; without a line break at the end.
    package func render(_ diagnostics: some Sequence<Diagnostic>) -> String {
        diagnostics.map(render).joined(separator: "\n\n")
    }

    /// The lines of one, without a line break at the end.
    package func render(_ diagnostic: Diagnostic) -> String {
        var lines = lines(diagnostic.severity, diagnostic.message, at: diagnostic.range)
        for related in diagnostic.related {
            lines += self.lines(.note, related.message, at: related.range)
        }
        for help in diagnostic.help {
            lines.append("\(paint("help:", .help)) \(printable(help))")
        }
        return lines.joined(separator: "\n")
    }

    private func lines(_ severity: Diagnostic.Severity, _ message: String, at range: SourceRange?) -> [String] {
        let title = "\(paint("\(severity.rawValue):", Colour(severity))) \(paint(printable(message), .strong))"
        guard let range else { return [title] }
        let head = "\(paint("\(printable(range.start.description)):", .strong)) \(title)"
        guard let source = sources[range.start.file],
            let excerpt = Excerpt(of: range, in: source, width: excerptWidth)
        else { return [head] }
        let number = String(range.start.line)
        let gutterWidth = max(5, number.count)
        let gutter = String(repeating: " ", count: gutterWidth - number.count) + number
        let marks = "^" + String(repeating: "~", count: excerpt.markWidth - 1)
        let indent = String(repeating: " ", count: excerpt.markOffset)
        return [
            head,
            paint("\(gutter) |", .gutter) + (excerpt.text.isEmpty ? "" : " \(excerpt.text)"),
            paint("\(String(repeating: " ", count: gutterWidth)) |", .gutter) + " \(indent)"
                + paint(marks, Colour(severity)),
        ]
    }

    /// Select Graphic Rendition parameters of ECMA-48.
    private enum Colour: String {
        case error = "1;31"
        case warning = "1;33"
        case note = "1;36"
        case help = "1;32"
        case gutter = "34"
        case strong = "1"

        init(_ severity: Diagnostic.Severity) {
            switch severity {
            case .error: self = .error
            case .warning: self = .warning
            case .note: self = .note
            }
        }
    }

    private func paint(_ text: String, _ colour: Colour) -> String {
        coloured ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}
