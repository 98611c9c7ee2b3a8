/// Something about the user's input that the user can mend.
///
/// Diagnostics are collected with their places and shown all at once; they are never thrown one at a time. Their words
/// are written in named constructors beside the code that raises them, as in `Diagnostic.unknownReference(…)`.
package struct Diagnostic: Sendable, Hashable {
    package enum Severity: String, Sendable, Hashable, CaseIterable {
        case error, warning, note
    }

    /// A second place that explains the first, such as where a name was used before.
    package struct Related: Sendable, Hashable {
        package var message: String
        package var range: SourceRange?

        package init(_ message: String, at range: SourceRange? = nil) {
            self.message = message
            self.range = range
        }
    }

    package var severity: Severity
    package var message: String
    /// Where it is; `nil` only when no text of the user's is at fault.
    package var range: SourceRange?
    package var related: [Related]
    /// What to do about it: a sentence each, without a full stop.
    package var help: [String]

    package init(
        _ severity: Severity = .error, _ message: String, at range: SourceRange?,
        related: [Related] = [], help: [String] = []
    ) {
        self.severity = severity
        self.message = message
        self.range = range
        self.related = related
        self.help = help
    }
}

extension Sequence<Diagnostic> {
    package var hasErrors: Bool { contains { $0.severity == .error } }

    /// In the order of the files as first given, then by place; those without a place come last.
    package func inSourceOrder() -> [Diagnostic] {
        enumerated().sorted { left, right in
            switch (left.element.range?.start, right.element.range?.start) {
            case (let first?, let second?): first == second ? left.offset < right.offset : first < second
            case (_?, nil): true
            case (nil, _?): false
            case (nil, nil): left.offset < right.offset
            }
        }.map(\.element)
    }
}
