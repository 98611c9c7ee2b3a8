/// A ``TextPattern`` ready to be tried.
enum TextMatcher: Sendable {
    case wildcard(WildcardPattern)
    case regex(RegularExpression)

    /// Adds to `invalid`, and is `nil`, where the pattern cannot be understood.
    /// - Parameter escapes: whether `\` takes the meaning from the wildcard behind it.
    init?(_ pattern: TextPattern, ignoresCase: Bool, escapes: Bool = false, invalid: inout [String]) {
        switch pattern {
        case .wildcard(let text):
            self = .wildcard(WildcardPattern(text, ignoresCase: ignoresCase, escapes: escapes))
        case .regex(let text):
            guard let expression = RegularExpression(text, ignoresCase: ignoresCase) else {
                invalid.append(text)
                return nil
            }
            self = .regex(expression)
        }
    }

    func matches(_ text: Substring) -> Bool {
        switch self {
        case .wildcard(let pattern): pattern.matches(text)
        case .regex(let expression): expression.occurs(in: text)
        }
    }
}
