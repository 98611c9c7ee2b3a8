import TestSupport
import Testing

@testable import TaskRunning

@Suite(.tags(.small)) struct LineSplitterTests {
    /// Lines as they come, a piece at a time, and what is left at the end.
    private func lines(of pieces: [[UInt8]], limit: Int) -> [String] {
        var splitter = LineSplitter(limit: limit)
        return pieces.flatMap { splitter.lines(adding: $0) } + [splitter.rest()].compactMap { $0 }
    }

    @Test(
        arguments: [
            ("", []),
            ("a", ["a"]),
            ("a\n", ["a"]),
            ("a\r\nb\n\nc", ["a", "b", "", "c"]),
            // A long line becomes several of eight bytes, but no character is taken apart.
            ("0123456789abcdef\n", ["01234567", "89abcdef"]),
            ("0123456789\n", ["01234567", "89"]),
            ("0123456é89\n", ["0123456", "é89"]),
            ("01234ü€\n", ["01234ü", "€"]),
            ("012345€\n", ["012345", "€"]),
            ("01234€\n", ["01234€"]),
        ] as [(String, [String])])
    func textIsCutIntoLinesHoweverItArrives(text: String, expected: [String]) {
        let bytes = Array(text.utf8)
        #expect(lines(of: [bytes], limit: 8) == expected)
        #expect(lines(of: bytes.map { [$0] }, limit: 8) == expected)
    }

    @Test func whatIsNotUTF8IsRepaired() {
        #expect(lines(of: [[0x61, 0xFF, 0x62, 0x0A]], limit: 8) == ["a\u{FFFD}b"])
        let continuations = [UInt8](repeating: 0x80, count: 20)
        #expect(lines(of: [continuations], limit: 8).joined().count == 20)
    }
}
