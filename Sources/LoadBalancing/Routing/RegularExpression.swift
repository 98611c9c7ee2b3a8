/// A regular expression that is looked for anywhere in a text.
struct RegularExpression: @unchecked Sendable {
    // Made from text, the expression holds no closure of anybody's: it is never changed once made, and reading it
    // from several threads is safe.
    private let regex: Regex<AnyRegexOutput>

    /// `nil` where the text is no regular expression.
    init?(_ text: String, ignoresCase: Bool) {
        guard let regex = try? Regex(text) else { return nil }
        self.regex = regex.ignoresCase(ignoresCase).matchingSemantics(.unicodeScalar)
    }

    func occurs(in text: Substring) -> Bool {
        (try? regex.firstMatch(in: text)) != nil
    }
}
