import FoundationEssentials
import NIOCore

/// Takes apart what an engine sends as the logs of a container.
///
/// They come in frames: a byte for the stream, three zeros, four bytes for the length, then lines which each begin with
/// their time.
struct EngineLogs: Sendable {
    typealias Line = ContainerEvent.Output

    private var buffer = ByteBuffer()

    /// The lines of the frames that these bytes complete.
    mutating func lines(adding bytes: ByteBuffer) -> [Line] {
        buffer.writeImmutableBuffer(bytes)
        var lines: [Line] = []
        while let frame = nextFrame() {
            // The engine has cut the lines; they have become longer by their time.
            var pieces = LineSplitter(limit: 32 << 10)
            let texts = pieces.lines(adding: frame.readableBytesView) + [pieces.rest()].compactMap { $0 }
            lines += texts.map(Self.line)
        }
        buffer.discardReadBytes()
        return lines
    }

    private mutating func nextFrame() -> ByteBuffer? {
        guard let length = buffer.getInteger(at: buffer.readerIndex + 4, as: UInt32.self),
            buffer.readableBytes >= 8 + Int(length)
        else { return nil }
        buffer.moveReaderIndex(forwardBy: 8)
        return buffer.readSlice(length: Int(length))
    }

    /// `2026-01-31T12:00:00.123456789Z text`. A piece of a long line has no time of its own.
    private static func line(_ text: String) -> Line {
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let time = time(parts[0]) else {
            return Line(line: text, time: Date().timeIntervalSince1970)
        }
        return Line(line: String(parts[1]), time: time)
    }

    /// Seconds since 1970 of an RFC 3339 time with any number of decimals.
    static func time(_ text: Substring) -> Double? {
        guard let point = text.firstIndex(of: ".") else {
            return (try? Date(String(text), strategy: .iso8601))?.timeIntervalSince1970
        }
        let decimals = text[text.index(after: point)...].prefix { $0.isASCII && $0.isNumber }
        let whole = text[..<point] + text[decimals.endIndex...]
        guard let date = try? Date(String(whole), strategy: .iso8601), let fraction = Double("0." + decimals) else {
            return nil
        }
        return date.timeIntervalSince1970 + fraction
    }
}
