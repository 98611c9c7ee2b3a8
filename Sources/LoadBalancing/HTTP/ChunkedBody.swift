import NIOCore

/// Reads a chunked body (RFC 9112 §7.1): the data in pieces as they come, everything around it byte by byte.
///
/// Stricter than recipients may be: no spaces before extensions, no bare line feeds, sizes that fit everybody's integers.
struct ChunkedBody: Sendable {
    private enum State: Sendable {
        /// Within the digits of a size, so many of them read.
        case size(Int, digits: Int)
        /// Within an extension, so many bytes of it read.
        case chunkExtension(size: Int, length: Int)
        case sizeLineFeed(Int)
        case data(remaining: Int)
        case dataCarriageReturn, dataLineFeed
        /// Trailers end as a head does.
        case trailers(HeadScanner)
        case end
    }

    private static let maximumDigits = 15
    private static let maximumExtension = 4096
    private static let trailerLimits = MessageLimits(firstLine: 8192, field: 8192, head: 16384)

    private var state = State.size(0, digits: 0)

    /// What comes next, taken off the buffer.
    mutating func next(from buffer: inout ByteBuffer) throws(MessageFault) -> BodyPart {
        while true {
            switch state {
            case .end:
                return .end(trailers: nil)
            case .trailers(let scanner):
                return try readTrailers(scanner, from: &buffer)
            case .data(let remaining):
                guard let data = buffer.readAvailable(upTo: remaining) else { return .needsMore }
                let rest = remaining - data.readableBytes
                state = rest == 0 ? .dataCarriageReturn : .data(remaining: rest)
                return .data(data)
            case .size, .chunkExtension, .sizeLineFeed, .dataCarriageReturn, .dataLineFeed:
                guard let byte = buffer.readInteger(as: UInt8.self) else { return .needsMore }
                state = try state(after: byte)
            }
        }
    }

    private func state(after byte: UInt8) throws(MessageFault) -> State {
        switch (state, byte) {
        case (.size(let size, let digits), _):
            if let value = byte.hexadecimalValue, digits < Self.maximumDigits {
                return .size(size << 4 | value, digits: digits + 1)
            }
            guard digits > 0 else { break }
            if byte == .carriageReturn { return .sizeLineFeed(size) }
            if byte == .semicolon { return .chunkExtension(size: size, length: 0) }
        case (.chunkExtension(let size, _), .carriageReturn):
            return .sizeLineFeed(size)
        case (.chunkExtension(let size, let length), _) where byte.isFieldContent:
            guard length < Self.maximumExtension else { throw .chunkExtensionTooLong }
            return .chunkExtension(size: size, length: length + 1)
        case (.sizeLineFeed(0), .lineFeed):
            return .trailers(HeadScanner(limits: Self.trailerLimits))
        case (.sizeLineFeed(let size), .lineFeed):
            return .data(remaining: size)
        case (.dataCarriageReturn, .carriageReturn):
            return .dataLineFeed
        case (.dataLineFeed, .lineFeed):
            return .size(0, digits: 0)
        default:
            break
        }
        throw .malformedChunk
    }

    private mutating func readTrailers(_ scanner: HeadScanner, from buffer: inout ByteBuffer)
        throws(MessageFault) -> BodyPart
    {
        var scanner = scanner
        let length: Int?
        do {
            length = try scanner.end(in: buffer.readableBytesUInt8Span)
        } catch .firstLineTooLong, .fieldTooLong, .headTooLarge {
            throw .trailersTooLarge
        }
        guard let length, let bytes = buffer.readSlice(length: length) else {
            state = .trailers(scanner)
            return .needsMore
        }
        state = .end
        return .end(trailers: length == 2 ? nil : try Trailers(parsing: bytes))
    }
}

/// What comes of a body next.
enum BodyPart: Sendable {
    /// Nothing, before more bytes have arrived.
    case needsMore
    case data(ByteBuffer)
    /// Asked again, it is the end again, without the trailers.
    case end(trailers: Trailers?)
}

/// Headers that come after a chunked body.
struct Trailers: Sendable {
    /// With the empty line.
    private let bytes: ByteBuffer
    private let fields: [HeaderField]

    fileprivate init(parsing bytes: ByteBuffer) throws(MessageFault) {
        self.bytes = bytes
        fields = try HeaderField.parse(bytes.readableBytesUInt8Span, 0..<bytes.readableBytes - 2)
    }

    /// Those that may come so late, without the empty line.
    func write(to buffer: inout ByteBuffer) {
        for field in fields where !field.name.isForbiddenInTrailers {
            buffer.writeBytes(bytes.readableBytesSpan.extracting(field.line))
        }
    }
}
