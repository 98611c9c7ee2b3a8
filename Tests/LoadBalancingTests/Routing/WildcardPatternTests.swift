import TestSupport
import Testing

@testable import LoadBalancing

@Suite(.tags(.small))
struct WildcardPatternTests {
    @Test(
        "a pattern matches what a plain definition of it matches",
        arguments: UInt64(0)..<200)
    func agreesWithTheDefinition(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let pattern = Self.text(of: "abA*?*", upTo: 8, using: &generator)
            let text = Self.text(of: "abAB", upTo: 10, using: &generator)
            #expect(
                WildcardPattern(pattern, ignoresCase: false).matches(text[...])
                    == Self.matches(pattern[...], text[...]), "\(pattern) \(text)")
            #expect(
                WildcardPattern(pattern, ignoresCase: true).matches(text[...])
                    == Self.matches(pattern.lowercased()[...], text.lowercased()[...]), "\(pattern) \(text)")
        }
    }

    @Test("a pattern of many stars is quick to fail")
    func manyStars() {
        let pattern = WildcardPattern(String(repeating: "a*", count: 60) + "b", ignoresCase: false)
        #expect(!pattern.matches(String(repeating: "a", count: 4000)[...]))
    }

    private static func text(
        of alphabet: String, upTo length: Int, using generator: inout SeededGenerator
    ) -> String {
        let letters = Array(alphabet)
        return String(
            (0..<Int.random(in: 0...length, using: &generator)).map { _ in
                letters[Int.random(in: letters.indices, using: &generator)]
            })
    }

    private static func matches(_ pattern: Substring, _ text: Substring) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        if first == "*" {
            return matches(rest, text) || !text.isEmpty && matches(pattern, text.dropFirst())
        }
        return (first == "?" || first == text.first) && !text.isEmpty && matches(rest, text.dropFirst())
    }
}
