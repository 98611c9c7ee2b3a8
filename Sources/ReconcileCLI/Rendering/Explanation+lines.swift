package import StateModel

extension Explanation {
    /// The cause, the remedy, and below them what they rest on, indented.
    package func lines(_ style: Style) -> [String] {
        [
            "\(style("why:", .yellow)) \(address): \(style(sentence, .strong))",
            "\(style("help:", .cyan)) \(remedy)",
        ] + evidence.flatMap { $0.split(separator: "\n") }.map { style("    \($0)", .faint) }
    }
}
