package import Diagnostics

/// Shows diagnostics on standard error, and how many there are.
package func show(_ diagnostics: [Diagnostic], sources: [SourceText], _ colours: ColourOptions) {
    guard !diagnostics.isEmpty else { return }
    let renderer = DiagnosticRenderer(
        sources: sources, coloured: colours.style(.error).isColoured,
        // Beside the number of the line.
        excerptWidth: (Console.size(of: .error)?.columns ?? 108) - 8)
    Console.line(renderer.render(diagnostics), to: .error)
    let errors = diagnostics.count { $0.severity == .error }
    if errors > 1 { Console.line("\n\(errors) errors", to: .error) }
}
