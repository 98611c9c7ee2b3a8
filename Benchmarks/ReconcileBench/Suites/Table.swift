/// One line of the table: what is measured, of us and of what it is compared with.
struct Row {
    var measure: String
    var ours: String
    var peer: String
    /// Ours to the peer's, in words.
    var ratio = ""
    /// What is aimed at, in the words of the ratio, and whether it is reached.
    var aim: (words: String, isMet: Bool)?
}

/// Columns as wide as what is in them.
struct Table {
    var rows: [Row]

    var text: String {
        let head = ["", "reconcile", "beside", "ratio", "aim"]
        let cells = [head] + rows.map(\.cells)
        let widths = head.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        let lines = cells.map { line in
            zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
    }
}

extension Row {
    fileprivate var cells: [String] {
        [measure, ours, peer, ratio, aim.map { "\($0.words), \($0.isMet ? "met" : "MISSED")" } ?? ""]
    }
}

extension Double {
    /// With three significant digits: `0.0123`, `1.23`, `123`.
    var short: String {
        guard self > 0 else { return "0" }
        var scale = 1.0
        var digits = 0
        while self * scale < 100, digits < 6 {
            scale *= 10
            digits += 1
        }
        let rounded = (self * scale).rounded()
        let text = String(Int(rounded))
        guard digits > 0 else { return text }
        let padded = String(repeating: "0", count: Swift.max(0, digits + 1 - text.count)) + text
        return padded.dropLast(digits) + "." + padded.suffix(digits)
    }
}

extension Int {
    /// `10,000`
    var grouped: String {
        self < 1_000 ? "\(self)" : "\((self / 1_000).grouped),\(String(self % 1_000 + 1_000).dropFirst())"
    }

    /// Bytes in MiB.
    var mebibytes: String { (Double(self) / Double(1 << 20)).short + " MiB" }
}
