import Diagnostics

// Text in the cells of a terminal. Colours (`ESC [ … m`) take no cells and are never cut.
extension String {
    /// How many cells it takes.
    package var cells: Int {
        var cells = 0
        var isColour = false
        for character in self {
            if character == "\u{1B}" {
                isColour = true
            } else if isColour {
                isColour = character != "m"
            } else {
                cells += cellWidth(of: character)
            }
        }
        return cells
    }

    package func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - cells))
    }

    package func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: Swift.max(0, width - cells)) + self
    }

    /// Its beginning, with `…` in place of what does not fit. For text without colours.
    package func cut(to width: Int) -> String {
        guard cells > width else { return self }
        guard width > 0 else { return "" }
        var room = width - 1
        return prefix { character in
            room -= cellWidth(of: character)
            return room >= 0
        } + "…"
    }

    /// On one line, without anything that could drive the terminal: for a row of a table.
    package var onOneLine: String {
        printable(split(whereSeparator: \.isNewline).joined(separator: " "))
    }

    /// Broken between words where its lines are wider, each part indented by two more than the line it belongs to. A word
    /// that is wider than all stays whole, so that it can be copied.
    ///
    /// - Parameter width: `nil` for no limit.
    package func wrapped(to width: Int?) -> String {
        guard let width else { return self }
        return split(separator: "\n", omittingEmptySubsequences: false)
            .map { Self.wrap($0, to: width) }.joined(separator: "\n")
    }

    private static func wrap(_ line: Substring, to width: Int) -> String {
        let indent = line.prefix { $0 == " " }
        let margin = indent + "  "
        var text = String(indent)
        var used = indent.count
        var hasWord = false
        for word in line.dropFirst(indent.count).split(separator: " ", omittingEmptySubsequences: false) {
            let cells = String(word).cells
            if hasWord, used + 1 + cells > width {
                text += "\n" + margin
                used = margin.count
                hasWord = false
            }
            text += (hasWord ? " " : "") + word
            used += cells + (hasWord ? 1 : 0)
            hasWord = true
        }
        return text
    }
}
