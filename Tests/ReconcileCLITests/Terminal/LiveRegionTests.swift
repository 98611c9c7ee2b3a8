import ReconcileCLI
import TestSupport
import Testing

@Suite("Lines that are drawn again in place", .tags(.small))
struct LiveRegionTests {
    private var region = LiveRegion()
    private var screen = FakeScreen(columns: 20)

    private mutating func draw(_ lines: [String], lasting: [String] = [], rows: Int = 24) {
        screen.write(region.draw(lines, lasting: lasting, columns: screen.columns, rows: rows))
    }

    @Test mutating func `take the place of those before`() {
        draw(["a: none", "b: none"])
        draw(["a: Created", "b: none", "c: none"])
        draw(["a: Active"])
        #expect(screen.lines == ["a: Active"])
    }

    @Test mutating func `leave what is to last above them`() {
        screen.write("$ reconcile apply\n")
        draw(["a: none"])
        draw(["a: Created"], lasting: ["stopping"])
        draw(["a: Active"])
        #expect(screen.lines == ["$ reconcile apply", "stopping", "a: Active"])
    }

    @Test mutating func `are found again although the terminal became narrower`() {
        draw(["a: waiting for 12345", "b: none"])
        screen.resize(columns: 10)
        draw(["a: Active", "b: none"])
        #expect(screen.lines == ["a: Active", "b: none"])
    }

    @Test mutating func `past the height of the terminal are left out`() {
        draw((1...9).map { "row \($0)" }, rows: 5)
        #expect(screen.lines == ["row 1", "row 2", "row 3", "  …"])
        draw(["row 1"], rows: 5)
        #expect(screen.lines == ["row 1"])
    }
}

/// As much of a terminal as the program uses: lines that break at its width, `CSI n F` and `CSI J`.
private struct FakeScreen {
    private(set) var columns: Int
    private var text: [Substring] = [""]

    init(columns: Int) { self.columns = columns }

    /// What is seen, lines that were broken joined.
    var lines: [String] { text.dropLast().map(String.init) }

    mutating func resize(columns: Int) { self.columns = columns }

    mutating func write(_ bytes: String) {
        var rest = bytes[...]
        while let match = rest.firstMatch(of: /\u{1B}\[(\d*)([FJ])|\n/) {
            text[text.count - 1] += rest[..<match.range.lowerBound]
            rest = rest[match.range.upperBound...]
            if match.output.2 == "F" { moveUp(by: Int(match.output.1 ?? "") ?? 1) }
            if match.output.2 == nil { text.append("") }
        }
        text[text.count - 1] += rest
    }

    /// To the beginning of a line of the terminal, from which everything is erased: the program never does only one.
    private mutating func moveUp(by count: Int) {
        var left = count
        text.removeLast()
        while left > 0, let line = text.popLast() { left -= max(1, (line.count + columns - 1) / columns) }
        text.append("")
    }
}
