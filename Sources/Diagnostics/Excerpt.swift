/// A source line as it is shown, and where the marks under it go; all in terminal cells.
struct Excerpt: Equatable {
    var text: String
    /// The cells before the first mark.
    var markOffset: Int
    /// At least 1: the place after the last character has a mark too.
    var markWidth: Int

    /// Shows the stretch that begins at a 1-based column, counted like `length` in Unicode scalars, and as much around
    /// it as fits into `width` cells.
    init(of line: ArraySlice<UInt8>, column: Int, length: Int, width: Int) {
        let window = ScalarWindow(of: line, around: column - 1, reach: width * 4)
        let glyphs = Self.glyphs(of: String(decoding: line[window.bytes], as: UTF8.self))
        let start = column - 1 - window.skippedScalars

        var total = 0
        var scalar = 0
        var marks: Range<Int>?
        for glyph in glyphs {
            if scalar + glyph.scalars > start, scalar < start + length {
                marks = (marks?.lowerBound ?? total)..<(total + glyph.width)
            }
            scalar += glyph.scalars
            total += glyph.width
        }
        let marked = marks ?? total..<(total + 1)

        let cutsStart = window.skippedScalars > 0
        let cutsEnd = window.bytes.upperBound < line.endIndex
        let needsCut = cutsStart || cutsEnd || total > width
        let low = needsCut ? max(0, min(marked.lowerBound - width / 3, total - width)) : 0
        let high = needsCut ? min(total, low + width) : total
        let leads = cutsStart || low > 0
        let trails = cutsEnd || high < total
        let shown = Self.text(of: glyphs, from: low, to: high, leads: leads, trails: trails)
        text = String(shown.reversed().drop { $0 == " " }.reversed())
        markOffset = marked.lowerBound - low
        markWidth = max(1, min(marked.upperBound, max(high, marked.lowerBound + 1)) - marked.lowerBound)
    }

    /// The glyphs that lie within `low..<high`; what is cut off at an end leaves `…` in its outermost cell.
    private static func text(of glyphs: [Glyph], from low: Int, to high: Int, leads: Bool, trails: Bool) -> String {
        let first = leads ? low + 1 : low
        let last = trails ? high - 1 : high
        var text = leads ? "…" : ""
        var cell = 0
        for glyph in glyphs {
            let end = cell + glyph.width
            if cell >= first, end <= last {
                text += glyph.text
            } else if end > first, cell < last {
                text += String(repeating: " ", count: min(end, last) - max(cell, first))
            }
            cell = end
        }
        return trails ? text + "…" : text
    }

    /// What is drawn as a unit: a character, with what a terminal would not draw replaced.
    private struct Glyph {
        var text: String
        var width: Int
        var scalars: Int
    }

    private static let tabStop = 4

    private static func glyphs(of line: String) -> [Glyph] {
        var cell = 0
        return line.map { character in
            let scalars = character.unicodeScalars.count
            let glyph: Glyph
            if character == "\t" {
                let width = tabStop - cell % tabStop
                glyph = Glyph(text: String(repeating: " ", count: width), width: width, scalars: scalars)
            } else {
                let text = printable(String(character))
                glyph = Glyph(text: text, width: text.reduce(0) { $0 + cellWidth(of: $1) }, scalars: scalars)
            }
            cell += glyph.width
            return glyph
        }
    }
}

/// The part of a line within reach of a scalar, so that a line of many megabytes is not drawn as a whole.
private struct ScalarWindow {
    var bytes: Range<Int>
    var skippedScalars: Int

    init(of line: ArraySlice<UInt8>, around scalar: Int, reach: Int) {
        let first = max(0, scalar - reach)
        var start = line.startIndex
        var end = line.endIndex
        var count = 0
        for (offset, byte) in zip(line.indices, line) where !UTF8.isContinuation(byte) {
            if count == first { start = offset }
            if count == scalar + reach {
                end = offset
                break
            }
            count += 1
        }
        bytes = start..<end
        skippedScalars = start == line.startIndex ? 0 : first
    }
}
