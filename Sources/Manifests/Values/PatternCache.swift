/// Matches texts with the patterns of schemas, each of which is compiled once.
struct PatternCache {
    private var compiled: [String: Regex<AnyRegexOutput>] = [:]

    /// Whether a part of the text matches, as in JSON Schema: a pattern that means all of it says so with `^` and `$`.
    ///
    /// - Precondition: the pattern, which is written in a schema, is a regular expression.
    mutating func matches(_ text: String, _ pattern: String) -> Bool {
        do {
            let regex = try compiled[pattern] ?? Regex(pattern)
            compiled[pattern] = regex
            return try regex.firstMatch(in: text) != nil
        } catch {
            preconditionFailure("the pattern \(pattern) of a schema: \(error)")
        }
    }
}
