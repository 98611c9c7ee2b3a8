import Synchronization

/// Lines at the bottom of a terminal that are drawn again in place, with lasting lines scrolling by above them.
package final class LiveRegion: Sendable {
    private let drawn = Mutex(0)
    private let stream: Console.Stream

    package init(on stream: Console.Stream) {
        self.stream = stream
    }

    /// Draws `lines` in place of those drawn before, and `lasting` above them for good.
    ///
    /// Every line has to fit the width of the terminal. Lines past its height are left out, or the cursor could not be
    /// moved back up to the first.
    package func draw(_ lines: [String], lasting: [String] = []) {
        let height = Console.size(of: stream)?.lines ?? 24
        let shown = lines.count < height ? lines : Array(lines.prefix(max(1, height - 2))) + ["  …"]
        drawn.withLock { drawn in
            var text = drawn > 0 ? "\u{1B}[\(drawn)F\u{1B}[J" : ""
            for line in lasting + shown { text += line + "\n" }
            drawn = shown.count
            Console.write(text, to: stream)
        }
    }
}
