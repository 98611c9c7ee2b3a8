/// The text of one file as the user wrote it, with quick access to its lines.
///
/// Lines end with LF, CR LF or CR, as in editors, and are counted from 1; a byte order mark belongs to no line. The bytes
/// need not be valid UTF-8: places are right up to the first byte that is not.
package struct SourceText: Sendable {
    /// The file as the user named it; places and messages show it.
    package let file: String
    package let bytes: [UInt8]
    /// The offset of the first byte of each line.
    private let lineStarts: [UInt32]
    /// How many bytes before each block of 256 do not begin a character; empty when all do. Without it, the column of
    /// each node of a file that is one long line would be counted from its start.
    private let continuations: [UInt32]

    /// - Precondition: fewer than 4 GiB.
    package init(file: String, bytes: [UInt8]) {
        precondition(bytes.count < UInt32.max)
        self.file = file
        self.bytes = bytes
        self.lineStarts = bytes.withUnsafeBufferPointer(Self.lineStarts(in:))
        self.continuations = bytes.withUnsafeBufferPointer(Self.continuations(in:))
    }

    package init(file: String, _ text: String) {
        self.init(file: file, bytes: Array(text.utf8))
    }

    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// A text that ends with a line break has an empty last line, where an unexpected end is reported.
    package var lineCount: Int { lineStarts.count }

    /// The offsets of a line's bytes, without its line break; `nil` outside the text.
    package func byteRange(ofLine number: Int) -> Range<Int>? {
        guard lineStarts.indices.contains(number - 1) else { return nil }
        let start = Int(lineStarts[number - 1])
        guard number < lineStarts.count else { return start..<bytes.count }
        var end = Int(lineStarts[number])
        while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    /// The place of the character that begins at this offset, or of the end of the text.
    package func place(atByte offset: Int) -> Place {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
        }
        let start = Int(lineStarts[low])
        let end = max(start, min(offset, bytes.count))
        return Place(file: file, line: low + 1, column: scalarCount(in: start..<end) + 1)
    }

    /// The first line of a stretch of bytes, without blanks at its end.
    package func range(ofBytes range: Range<Int>) -> SourceRange {
        let start = place(atByte: range.lowerBound)
        var end = min(range.upperBound, byteRange(ofLine: start.line)?.upperBound ?? bytes.count)
        while end > range.lowerBound, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
        guard end > range.lowerBound else { return SourceRange(start: start) }
        return SourceRange(start: start, length: scalarCount(in: range.lowerBound..<end))
    }

    /// What follows a place on its line, at least one character.
    package func restOfLine(fromByte offset: Int) -> SourceRange {
        range(ofBytes: min(offset, bytes.count)..<bytes.count)
    }

    /// The offset of the character at a 1-based line and column, or of the end of the line; `nil` where there is no such
    /// line.
    package func byte(atLine line: Int, column: Int) -> Int? {
        guard let range = byteRange(ofLine: line) else { return nil }
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if scalarCount(in: range.lowerBound..<middle) < column - 1 { low = middle + 1 } else { high = middle }
        }
        while low < range.upperBound, UTF8.isContinuation(bytes[low]) { low += 1 }
        return low
    }

    /// How many characters begin in a stretch of bytes.
    package func scalarCount(in range: Range<Int>) -> Int {
        range.count - (continuationCount(before: range.upperBound) - continuationCount(before: range.lowerBound))
    }

    private func continuationCount(before offset: Int) -> Int {
        guard !continuations.isEmpty else { return 0 }
        let block = offset / Self.blockSize
        return bytes[block * Self.blockSize..<offset].reduce(Int(continuations[block])) { count, byte in
            count + (UTF8.isContinuation(byte) ? 1 : 0)
        }
    }

    private static let blockSize = 256

    private static func continuations(in bytes: UnsafeBufferPointer<UInt8>) -> [UInt32] {
        guard bytes.reduce(0, |) > 0x7F else { return [] }
        let words = UnsafeRawBufferPointer(bytes)
        var counts: [UInt32] = [0]
        counts.reserveCapacity(bytes.count / blockSize + 1)
        var count: UInt32 = 0
        for start in stride(from: 0, to: bytes.count - blockSize + 1, by: blockSize) {
            for offset in stride(from: start, to: start + blockSize, by: 8) {
                let word = words.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                // In each byte 1 in the first bit and 0 in the second, which is moved to the first.
                count += UInt32((word & ~(word << 1) & 0x8080_8080_8080_8080).nonzeroBitCount)
            }
            counts.append(count)
        }
        return counts
    }

    private static func lineStarts(in bytes: UnsafeBufferPointer<UInt8>) -> [UInt32] {
        var starts: [UInt32] = [bytes.starts(with: byteOrderMark) ? UInt32(byteOrderMark.count) : 0]
        starts.reserveCapacity(bytes.count / 16 + 1)
        var offset = 0
        while let control = nextControl(in: bytes, from: offset) {
            if endsLine(bytes, at: control) { starts.append(UInt32(control + 1)) }
            offset = control + 1
        }
        return starts
    }

    /// The next byte below 0x20, looked for eight bytes at a time.
    private static func nextControl(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        let words = UnsafeRawBufferPointer(bytes)
        var offset = start
        while offset + 8 <= bytes.count {
            let word = UInt64(littleEndian: words.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            // The subtraction borrows into the high bit of a byte below 0x20. A borrow may spoil the bytes after it, so
            // that only the first bit is to be trusted.
            let controls = (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
            if controls != 0 { return offset + controls.trailingZeroBitCount / 8 }
            offset += 8
        }
        return (offset..<bytes.count).first { bytes[$0] < 0x20 }
    }

    private static func endsLine(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        switch bytes[offset] {
        case UInt8(ascii: "\n"): true
        case UInt8(ascii: "\r"): offset + 1 == bytes.count || bytes[offset + 1] != UInt8(ascii: "\n")
        default: false
        }
    }
}
