import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct WildcardTests {
    @Test(
        "a pattern matches a text as a whole",
        arguments: [
            ("", "", true), ("", "a", false), ("*", "", true), ("*", "any text", true), ("a*c", "abbc", true),
            ("a*c", "abcd", false), ("?", "ä", true), ("?", "", false), ("a?c", "abc", true), ("a?c", "ac", false),
            ("a\\*c", "a*c", true), ("a\\*c", "abc", false), ("a\\", "a\\", true), ("*a*b*", "xaybz", true),
            ("ecs:Describe*", "ecs:DescribeServices", true), ("ecs:Describe*", "ecs:CreateService", false),
        ])
    func matches(pattern: String, text: String, expected: Bool) {
        #expect(Wildcard(pattern).matches(text) == expected)
    }

    @Test("a pattern that could be tried in endlessly many ways is decided at once")
    func manyStars() {
        let pattern = String(repeating: "*a", count: 60) + "b"
        #expect(!Wildcard(pattern).matches(String(repeating: "a", count: 2000)))
    }
}
