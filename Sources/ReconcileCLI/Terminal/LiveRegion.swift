/// Lines at the bottom of a terminal that are drawn again in place, with lasting lines scrolling by above them.
///
/// A pure value: it says what to write.
package struct LiveRegion: Sendable {
    /// The cells of each line that is on the screen.
    private var drawn: [Int] = []

    package init() {}

    /// What puts `lines` in place of those drawn before, and `lasting` above them for good.
    ///
    /// A line that is wider than the terminal takes several of its lines. Lines past its height are left out, or the cursor
    /// could not be moved back up to the first.
    package mutating func draw(_ lines: [String], lasting: [String] = [], columns: Int, rows: Int) -> String {
        // Most terminals break lines anew when they become narrower.
        let height = drawn.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
        let shown = lines.count < rows ? lines : Array(lines.prefix(max(1, rows - 2))) + ["  …"]
        drawn = shown.map(\.cells)
        return (height > 0 ? "\u{1B}[\(height)F\u{1B}[J" : "") + (lasting + shown).map { $0 + "\n" }.joined()
    }
}
