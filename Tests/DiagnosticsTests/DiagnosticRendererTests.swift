import Diagnostics
import Testing

/// A line of a file, a stretch of it, and how it is shown: excerpt and marks, without the gutter.
struct Shown: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var line: String
    var column: Int
    var length = 1
    var excerpt: String
    var marks: String
}

@Suite struct DiagnosticRendererTests {
    private let source = SourceText(
        file: "manifests/web.yaml",
        String(repeating: "#\n", count: 11) + "    targetGroup: frontent\nname: frontend\n")

    private let unknownReference = Diagnostic(
        .error, "service \"web\" refers to unknown target group \"frontent\"",
        at: SourceRange(start: Place(file: "manifests/web.yaml", line: 12, column: 18), length: 8),
        help: ["did you mean \"frontend\"?"])

    @Test func `an error shows its line, marks its place and says what to do`() {
        #expect(
            DiagnosticRenderer(sources: [source]).render(unknownReference) == """
                manifests/web.yaml:12:18: error: service "web" refers to unknown target group "frontent"
                   12 |     targetGroup: frontent
                      |                  ^~~~~~~~
                help: did you mean "frontend"?
                """)
    }

    @Test func `related places follow as notes, and several diagnostics stand apart`() {
        var first = unknownReference
        first.related = [
            Diagnostic.Related(
                "the only target group is this",
                at: SourceRange(start: Place(file: "manifests/web.yaml", line: 13, column: 7), length: 8)),
            Diagnostic.Related("references are to names, not to ARNs"),
        ]
        let second = Diagnostic(
            .warning, "no service is protected", at: nil, help: ["write protect: true", "or do not"])
        #expect(
            DiagnosticRenderer(sources: [source]).render([first, second]) == """
                manifests/web.yaml:12:18: error: service "web" refers to unknown target group "frontent"
                   12 |     targetGroup: frontent
                      |                  ^~~~~~~~
                manifests/web.yaml:13:7: note: the only target group is this
                   13 | name: frontend
                      |       ^~~~~~~~
                note: references are to names, not to ARNs
                help: did you mean "frontend"?

                warning: no service is protected
                help: write protect: true
                help: or do not
                """)
    }

    @Test func `colours are those of the severity`() {
        let error = DiagnosticRenderer(sources: [source], coloured: true).render(unknownReference)
        #expect(
            error == """
                \u{1B}[1mmanifests/web.yaml:12:18:\u{1B}[0m \u{1B}[1;31merror:\u{1B}[0m \
                \u{1B}[1mservice "web" refers to unknown target group "frontent"\u{1B}[0m
                \u{1B}[34m   12 |\u{1B}[0m     targetGroup: frontent
                \u{1B}[34m      |\u{1B}[0m                  \u{1B}[1;31m^~~~~~~~\u{1B}[0m
                \u{1B}[1;32mhelp:\u{1B}[0m did you mean "frontend"?
                """)
        let renderer = DiagnosticRenderer(coloured: true)
        #expect(
            renderer.render(Diagnostic(.warning, "w", at: nil)) == "\u{1B}[1;33mwarning:\u{1B}[0m \u{1B}[1mw\u{1B}[0m")
        #expect(renderer.render(Diagnostic(.note, "n", at: nil)) == "\u{1B}[1;36mnote:\u{1B}[0m \u{1B}[1mn\u{1B}[0m")
    }

    @Test func `without its text, or outside of it, a place has no excerpt`() {
        let outside = Diagnostic(
            .error, "gone", at: SourceRange(start: Place(file: "manifests/web.yaml", line: 99, column: 1)))
        #expect(DiagnosticRenderer().render(outside) == "manifests/web.yaml:99:1: error: gone")
        #expect(DiagnosticRenderer(sources: [source]).render(outside) == "manifests/web.yaml:99:1: error: gone")
    }

    @Test func `the gutter grows with the line number`() {
        let long = SourceText(file: "long", String(repeating: "\n", count: 123_455) + "x")
        let diagnostic = Diagnostic(
            .error, "far", at: SourceRange(start: Place(file: "long", line: 123_456, column: 1)))
        #expect(
            DiagnosticRenderer(sources: [long]).render(diagnostic) == """
                long:123456:1: error: far
                123456 | x
                       | ^
                """)
    }

    @Test func `what could drive the terminal is replaced wherever it comes from`() {
        let source = SourceText(file: "a\u{1B}[2J", "x\u{1B}[31my\u{202E}z\n")
        let diagnostic = Diagnostic(
            .error, "bell \u{7}", at: SourceRange(start: Place(file: "a\u{1B}[2J", line: 1, column: 7)),
            help: ["line\rbreak"])
        #expect(
            DiagnosticRenderer(sources: [source]).render(diagnostic) == """
                a�[2J:1:7: error: bell �
                    1 | x�[31my�z
                      |       ^
                help: line�break
                """)
    }

    @Test(arguments: [
        Shown(testDescription: "plain", line: "port: 80", column: 7, length: 2, excerpt: "port: 80", marks: "      ^~"),
        Shown(
            testDescription: "a tab goes to the next stop", line: "a\tb", column: 3, excerpt: "a   b", marks: "    ^"),
        Shown(
            testDescription: "a tab is marked in its width", line: "\tb", column: 1, length: 2, excerpt: "    b",
            marks: "^~~~~"),
        Shown(
            testDescription: "wide characters take two cells", line: "日本: 語", column: 5, excerpt: "日本: 語",
            marks: "      ^~"),
        Shown(
            testDescription: "combining marks take none", line: "e\u{301}: x", column: 5, excerpt: "e\u{301}: x",
            marks: "   ^"),
        Shown(
            testDescription: "an emoji of several scalars is one", line: "👩‍👩‍👧: x", column: 8, excerpt: "👩‍👩‍👧: x",
            marks: "    ^"),
        Shown(testDescription: "the end of the line", line: "port:", column: 6, excerpt: "port:", marks: "     ^"),
        Shown(
            testDescription: "nothing behind the end is marked", line: "port", column: 3, length: 9, excerpt: "port",
            marks: "  ^~"),
        Shown(
            testDescription: "a place behind the end stays on the line", line: "port", column: 40, excerpt: "port",
            marks: "    ^"),
        Shown(testDescription: "blanks at the end are not shown", line: "a   ", column: 1, excerpt: "a", marks: "^"),
        Shown(testDescription: "an empty line", line: "", column: 1, excerpt: "", marks: "^"),
    ])
    func marksLineUp(_ shown: Shown) {
        #expect(excerpt(of: shown.line, shown.column, shown.length) == [shown.excerpt, shown.marks])
    }

    /// Twenty cells: a third of them before the place.
    @Test(arguments: [
        Shown(
            testDescription: "the beginning", line: alphabet, column: 2, excerpt: "abcdefghijklmnopqrs…", marks: " ^"),
        Shown(
            testDescription: "the middle", line: alphabet, column: 20, excerpt: "…opqrstuvwxyzabcdef…", marks: "      ^"
        ),
        Shown(
            testDescription: "the end", line: alphabet, column: 52, excerpt: "…hijklmnopqrstuvwxyz",
            marks: "                   ^"),
        Shown(
            testDescription: "more marks than room", line: alphabet, column: 20, length: 30,
            excerpt: "…opqrstuvwxyzabcdef…",
            marks: "      ^~~~~~~~~~~~~~"),
        Shown(
            testDescription: "half a wide character", line: String(repeating: "語", count: 30), column: 15,
            excerpt: "… 語語語語語語語語 …", marks: "      ^~"),
    ])
    func longLinesAreCutAroundThePlace(_ shown: Shown) {
        #expect(excerpt(of: shown.line, shown.column, shown.length, width: 20) == [shown.excerpt, shown.marks])
    }

    @Test func `a line of megabytes is not drawn as a whole`() {
        let line = String(repeating: "ü", count: 2_000_000)
        #expect(excerpt(of: line, 1_000_000, 1, width: 20) == ["…üüüüüüüüüüüüüüüüüü…", "      ^"])
    }

    /// The lines below the head, without the gutter.
    private func excerpt(of line: String, _ column: Int, _ length: Int, width: Int = 100) -> [String] {
        let source = SourceText(file: "f", line)
        let range = SourceRange(start: Place(file: "f", line: 1, column: column), length: length)
        let renderer = DiagnosticRenderer(sources: [source], excerptWidth: width)
        return renderer.render(Diagnostic(.error, "", at: range)).split(separator: "\n").dropFirst().map {
            String($0.dropFirst("      | ".count))
        }
    }
}

private let alphabet = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
