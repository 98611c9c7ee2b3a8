/// A source line as it is shown, and where the marks under it go; all in terminal cells.
struct Excerpt: Equatable {
    var text: String
    /// The cells before the first mark.
    var markOffset: Int
    /// At least 1: the place after the last character has a mark too.
    var markWidth: Int

    /// Shows a range and as much of its line around it as fits into `width` cells; `nil` where there is no such line,
    /// and where it is no text.
    init?(of range: SourceRange, in source: SourceText, width: Int) {
        guard let line = source.byteRange(ofLine: range.start.line),
            let place = source.byte(atLine: range.start.line, column: range.start.column)
        else { return nil }
        // A NUL is in no text: this is UTF-16, or a file of another kind, of which nothing can be read.
        guard !source.bytes[line.lowerBound..<min(line.upperBound, line.lowerBound + 64)].contains(0) else {
            return nil
        }
        // A line may have megabytes: only the part that can be shown is drawn.
        let window = Self.window(around: place, reach: width * 8, of: line, in: source.bytes)
        let glyphs = Self.glyphs(of: String(decoding: source.bytes[window], as: UTF8.self))
        let start = source.scalarCount(in: window.lowerBound..<place)
        let marked = Self.cells(of: start..<start + range.length, in: glyphs)

        let total = glyphs.reduce(0) { $0 + $1.width }
        let low = total > width ? max(0, min(marked.lowerBound - width / 3, total - width)) : 0
        let high = min(total, low + width)
        let leads = window.lowerBound > line.lowerBound || low > 0
        let trails = window.upperBound < line.upperBound || high < total
        let shown = Self.text(of: glyphs, from: low, to: high, leads: leads, trails: trails)
        text = String(shown.reversed().drop { $0 == " " }.reversed())
        markOffset = marked.lowerBound - low
        markWidth = max(1, min(marked.upperBound, max(high, marked.lowerBound + 1)) - marked.lowerBound)
    }

    /// The bytes of a line within reach of a place, in whole characters.
    private static func window(around place: Int, reach: Int, of line: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        var start = max(line.lowerBound, place - reach)
        var end = min(line.upperBound, place + reach)
        while start < place, UTF8.isContinuation(bytes[start]) { start += 1 }
        while end < line.upperBound, UTF8.isContinuation(bytes[end]) { end += 1 }
        return start..<end
    }

    /// The cells that some scalars take, or the cell behind the last glyph.
    private static func cells(of scalars: Range<Int>, in glyphs: [Glyph]) -> Range<Int> {
        var cell = 0
        var scalar = 0
        var cells: Range<Int>?
        for glyph in glyphs {
            if scalar + glyph.scalars > scalars.lowerBound, scalar < scalars.upperBound {
                cells = (cells?.lowerBound ?? cell)..<(cell + glyph.width)
            }
            scalar += glyph.scalars
            cell += glyph.width
        }
        return cells ?? cell..<(cell + 1)
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
