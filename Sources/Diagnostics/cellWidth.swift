/// How many cells of a terminal a character takes: two for wide East Asian characters and emoji, none for a mark without
/// a base.
///
/// The ranges are the blocks that Unicode's `EastAsianWidth.txt` gives as wide or full-width, joined where only unassigned
/// code points lie between.
package func cellWidth(of character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
        if scalar == emojiPresentation || wideRanges.contains(where: { $0.contains(scalar.value) }) { return 2 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: continue
        default: width = 1
        }
    }
    return width
}

/// Text in which characters that could move the cursor, change colours or reverse the direction are replaced.
package func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: drivesTerminal) else { return text }
    var cleaned = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { cleaned.append(drivesTerminal(scalar) ? "\u{FFFD}" : scalar) }
    return String(cleaned)
}

private func drivesTerminal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
}

private let emojiPresentation: Unicode.Scalar = "\u{FE0F}"

private let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x2E80...0x303E, 0x3041...0x4DBF,
    0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1B000...0x1B2FF, 0x1F18E...0x1F19A, 0x1F200...0x1F320,
    0x1F32D...0x1F64F, 0x1F680...0x1F6FF, 0x1F7E0...0x1F7EB, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
]
