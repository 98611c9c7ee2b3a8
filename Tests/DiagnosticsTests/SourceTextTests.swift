import Diagnostics
import Testing

@Suite struct SourceTextTests {
    @Test(arguments: [
        ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\nb", ["a", "b"]), ("a\r\nb\r\n", ["a", "b", ""]),
        ("a\rb\n\nc", ["a", "b", "", "c"]), ("\n\r", ["", "", ""]),
        ("a\tb\u{1}c\u{2028}d\n", ["a\tb\u{1}c\u{2028}d", ""]),
        ("ÿÿÿÿÿÿ\nüüüü\r\nÿ", ["ÿÿÿÿÿÿ", "üüüü", "ÿ"]), ("\u{FEFF}a\nb", ["a", "b"]),
    ])
    func hasLines(_ text: String, _ lines: [String]) {
        let source = SourceText(file: "f", text)
        let found = (1...source.lineCount).compactMap(source.byteRange(ofLine:)).map {
            String(decoding: source.bytes[$0], as: UTF8.self)
        }
        #expect(found == lines)
        #expect(source.byteRange(ofLine: 0) == nil)
        #expect(source.byteRange(ofLine: lines.count + 1) == nil)
    }

    @Test func `every character has a place`() {
        let source = SourceText(file: "f", "\u{FEFF}aü\n語b\r\n")
        let places = source.bytes.indices.map { source.place(atByte: $0) }.map { "\($0.line):\($0.column)" }
        #expect(places[3...] == ["1:1", "1:2", "1:3", "1:3", "2:1", "2:2", "2:2", "2:2", "2:3", "2:4"])
        #expect(source.place(atByte: source.bytes.count).description == "f:3:1")
    }

    @Test func `a range is cut at the end of its first line, without blanks`() {
        let source = SourceText(file: "f", "name: üb  \nnext\n")
        #expect(source.range(ofBytes: 6..<14) == SourceRange(start: Place(file: "f", line: 1, column: 7), length: 2))
        #expect(source.range(ofBytes: 4..<4).length == 1)
        #expect(source.restOfLine(fromByte: 0).length == 8)
        #expect(source.restOfLine(fromByte: 99) == SourceRange(start: Place(file: "f", line: 3, column: 1)))
    }

    @Test func `diagnostics are ordered by place, and those without one come last`() {
        func diagnostic(_ message: String, _ line: Int?) -> Diagnostic {
            Diagnostic(.error, message, at: line.map { SourceRange(start: Place(file: "f", line: $0, column: 1)) })
        }
        let ordered = [diagnostic("d", nil), diagnostic("b", 2), diagnostic("c", 2), diagnostic("a", 1)].inSourceOrder()
        #expect(ordered.map(\.message) == ["a", "b", "c", "d"])
        #expect(ordered.hasErrors)
        #expect(![Diagnostic(.warning, "w", at: nil)].hasErrors)
    }
}
