import TestSupport
import Testing

@testable import LoadBalancing

@Suite(.tags(.small))
struct RegularExpressionTests {
    private static func occurs(_ expression: String, _ text: String, ignoresCase: Bool = false) throws -> Bool {
        try #require(RegularExpression(expression, ignoresCase: ignoresCase)).occurs(in: text[...])
    }

    @Test(
        "an expression is found where it stands",
        arguments: [
            (#"^/api/(v\d+|latest)/users(/.*)?$"#, ["/api/v12/users", "/api/latest/users/7"], ["/api/v/users"]),
            (#"[.](?:png|jpe?g)$"#, ["/a.png", "/b.jpg", "/c.jpeg"], ["/a.pngx", "/png"]),
            (#"^[^/]+$"#, ["a.b"], ["", "a/b"]),
            (#"a{2,3}b{2}c{0,}d{1}"#, ["aabbd", "aaabbccd"], ["abbd", "aabd"]),
            (#"\bword\b"#, ["a word.", "word"], ["words", "sword"]),
            (#"x\Bx"#, ["xx"], ["x x"]),
            (#"\A[[:alpha:]_][\w-]*\z"#, ["a-b_1", "_"], ["1a", ""]),
            (#"^[]a-c\]\-]+$"#, ["]b-"], ["d"]),
            (#"\x41\.\*\/"#, ["A.*/"], ["AA*/"]),
            (#"^(?P<first>a)(?<second>b)$"#, ["ab"], ["a"]),
            (#"^a(?i)b(?:c)$"#, ["aBC", "abc"], ["Abc"]),
            (#"^a(?i:b)c$"#, ["aBc"], ["abC"]),
            (#"^(a|b*|)+?$"#, ["", "abba"], ["c"]),
            (#"^a{x}{,2}$"#, ["a{x}{,2}"], ["a"]),
            (#"é+"#, ["/café"], ["/cafe"]),
            ("", ["", "x"], []),
        ] as [(String, [String], [String])])
    func finds(_ expression: String, _ found: [String], _ missed: [String]) throws {
        for text in found { #expect(try Self.occurs(expression, text), "\(text)") }
        for text in missed { #expect(try !Self.occurs(expression, text), "\(text)") }
    }

    @Test("without regard to case, ranges and classes have none either")
    func ignoringCase() throws {
        #expect(try Self.occurs("^[a-f]x[^y]$", "CXz", ignoresCase: true))
        #expect(try !Self.occurs("^[a-f]x[^y]$", "CXY", ignoresCase: true))
    }

    @Test(
        "what is no expression, or needs backtracking, is refused",
        arguments: [
            "(", ")", "(a", "a)", "[", "[a", "[z-a]", "*a", "a**", "a*+", "a++", "a{2}{3}", "a{3,2}", "a{1001}", #"a\"#,
            #"(a)\1"#, "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?>a)", "(?R)", "(?1)", #"\p{L}"#, #"\k<a>"#, "[[:no:]]",
            #"\x4"#, #"[\d-z]"# + "(", "((a{100}){100}){100}", "(?", "(?P<a",
        ])
    func refuses(_ expression: String) {
        #expect(RegularExpression(expression, ignoresCase: false) == nil)
    }

    @Test("expressions on which backtracking never ends are quick")
    func linear() throws {
        let text = String(repeating: "a", count: 5000)
        #expect(try !Self.occurs("^(a+)+b$", text))
        #expect(try !Self.occurs("(a|aa)*(a|b)*c", text))
        #expect(try !Self.occurs("^(((a*)*)*)*b", text))
    }

    @Test("an expression finds what Swift's own finds", arguments: UInt64(0)..<100)
    func agreesWithSwift(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<10 {
            let expression = Self.expression(depth: 3, using: &generator)
            let reference = try Regex(expression).matchingSemantics(.unicodeScalar).wordBoundaryKind(.simple)
            for _ in 0..<10 {
                let text = String(
                    (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                        Bool.random(using: &generator) ? "a" : Bool.random(using: &generator) ? "b" : "-"
                    })
                let isFound = try reference.firstMatch(in: text) != nil
                #expect(try Self.occurs(expression, text) == isFound, "\(expression) in \(text)")
            }
        }
    }

    private static func expression(depth: Int, using generator: inout SeededGenerator) -> String {
        let atoms = ["a", "b", "-", ".", "[ab]", "[^a]", #"\w"#, "^", "$", #"\b"#]
        guard depth > 0 else { return atoms[Int.random(in: atoms.indices, using: &generator)] }
        let one = expression(depth: depth - 1, using: &generator)
        let other = expression(depth: depth - 1, using: &generator)
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: return "(\(one)|\(other))"
        case 1: return "(?:\(one))*"
        case 2: return "(?:\(one))+"
        case 3: return "(?:\(one)){1,2}"
        case 4: return "(?:\(one))?"
        default: return one + other
        }
    }
}
