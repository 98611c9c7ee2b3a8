/// A ``QueryPattern`` ready to be tried.
///
/// Names and values are compared as they were sent, still percent-encoded, without regard to case. `\` before a
/// wildcard makes it an ordinary character.
struct QueryMatcher: Sendable {
    private let key: TextMatcher?
    private let value: TextMatcher

    /// Adds to `invalid`, and is `nil`, where the pattern cannot be understood.
    init?(_ pattern: QueryPattern, invalid: inout [String]) {
        guard let value = TextMatcher(pattern.value, ignoresCase: true, escapes: true, invalid: &invalid) else {
            return nil
        }
        self.value = value
        guard let keyPattern = pattern.key else {
            key = nil
            return
        }
        guard let key = TextMatcher(keyPattern, ignoresCase: true, escapes: true, invalid: &invalid) else { return nil }
        self.key = key
    }

    /// Whether one of the query's parameters matches. One without `=` is a key without a value, or, where the pattern
    /// has no key, a value.
    func matches(_ query: Substring) -> Bool {
        query.split(separator: "&").contains { parameter in
            guard let equals = parameter.firstIndex(of: "=") else {
                return key.map { $0.matches(parameter) && value.matches("") } ?? value.matches(parameter)
            }
            return key?.matches(parameter[..<equals]) != false
                && value.matches(parameter[parameter.index(after: equals)...])
        }
    }
}
