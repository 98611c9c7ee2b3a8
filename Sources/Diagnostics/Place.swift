/// A position in a source text: 1-based line and column, the column counted in Unicode scalars.
package struct Place: Sendable, Hashable {
    /// The file as the user named it, relative where the user was relative.
    package var file: String
    package var line: Int
    package var column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}

extension Place: CustomStringConvertible {
    package var description: String { "\(file):\(line):\(column)" }
}

extension Place: Comparable {
    package static func < (left: Place, right: Place) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

/// A stretch of a source text on one line, for the caret line of a message.
package struct SourceRange: Sendable, Hashable {
    package var start: Place
    /// In Unicode scalars, at least 1. What reaches past the end of the line is cut there.
    package var length: Int

    package init(start: Place, length: Int = 1) {
        self.start = start
        self.length = max(1, length)
    }
}
