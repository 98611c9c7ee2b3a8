package import Diagnostics

/// Shows diagnostics on standard error, and how many there are.
package func show(_ diagnostics: [Diagnostic], sources: [SourceText], _ output: OutputOptions) {
    guard !diagnostics.isEmpty else { return }
    let renderer = DiagnosticRenderer(
        sources: sources, coloured: output.isColoured(.error), excerptWidth: Console.size(of: .error)?.columns ?? 100)
    Console.line(renderer.render(diagnostics), to: .error)
    let errors = diagnostics.count { $0.severity == .error }
    if errors > 1 { Console.line("\n\(errors) errors", to: .error) }
}
