import ReconcileCLI
import TestSupport
import Testing

@Suite("Text in the cells of a terminal", .tags(.small))
struct TerminalTextTests {
    @Test(arguments: [
        ("", 0), ("web", 3), ("größe", 5), ("日本", 4), ("\u{1B}[32m✓\u{1B}[0m ok", 4), ("e\u{301}", 1),
    ])
    func `is counted without colours, wide characters twice`(text: String, cells: Int) {
        #expect(text.cells == cells)
    }

    @Test(arguments: [("web", 5, "web  "), ("日本", 5, "日本 "), ("website", 5, "website")])
    func `is padded`(text: String, width: Int, padded: String) {
        #expect(text.padded(to: width) == padded)
        #expect(text.leftPadded(to: width).cells == padded.cells)
    }

    @Test(arguments: [
        ("waiting", 7, "waiting"), ("waiting", 6, "waiti…"), ("waiting", 1, "…"), ("waiting", 0, ""), ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
    ])
    func `is cut where there is no room`(text: String, width: Int, cut: String) {
        #expect(text.cut(to: width) == cut)
        #expect(text.cut(to: width).cells <= width)
    }

    @Test func `of somebody else stays on its line and moves no cursor`() {
        #expect("two\r\nlines\n\u{1B}[2J".onOneLine == "two lines \u{FFFD}[2J")
    }

    @Test func `is broken between words, indented below its line`() {
        let text = """
            note: the quick brown fox jumps
                a/path/that/is/longer/than/the/line and more

              \u{1B}[1mcolours take\u{1B}[0m no room
            """
        #expect(
            text.wrapped(to: 20) == """
                note: the quick
                  brown fox jumps
                    a/path/that/is/longer/than/the/line
                      and more

                  \u{1B}[1mcolours take\u{1B}[0m no
                    room
                """)
        #expect(text.wrapped(to: nil) == text)
    }
}
