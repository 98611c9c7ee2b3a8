/// Cuts bytes that arrive in pieces into lines.
///
/// A line that is longer than the limit becomes several, cut between two characters; what is not UTF-8 is repaired with
/// replacement characters. Line ends are `\n` and `\r\n`.
struct LineSplitter: Sendable {
    /// In bytes.
    private let limit: Int
    private var partial: [UInt8] = []

    init(limit: Int = 16 << 10) {
        self.limit = limit
    }

    /// The lines that these bytes complete.
    mutating func lines(adding bytes: some Sequence<UInt8>) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                lines.append(text(of: partial))
                partial.removeAll(keepingCapacity: true)
            } else {
                if partial.count == limit { lines.append(cut()) }
                partial.append(byte)
            }
        }
        return lines
    }

    /// The line that nothing ended, if there is one.
    mutating func rest() -> String? {
        defer { partial = [] }
        return partial.isEmpty ? nil : text(of: partial)
    }

    private mutating func cut() -> String {
        var end = partial.count
        // The bytes of one character: a first one, and up to three that begin with the bits 10.
        while end > partial.count - 4, partial[end - 1] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
        let isSplit = partial[end - 1] >= 0b1100_0000
        let line = partial[..<(isSplit ? end - 1 : partial.count)]
        partial.removeFirst(line.count)
        return String(decoding: line, as: UTF8.self)
    }

    private func text(of line: [UInt8]) -> String {
        String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...], as: UTF8.self)
    }
}
