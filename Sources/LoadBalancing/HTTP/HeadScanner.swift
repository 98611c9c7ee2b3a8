import Glibc

/// Finds where a head ends, however it is cut into pieces, and looks at no byte twice.
struct HeadScanner: Sendable {
    private let limits: MessageLimits
    private var scanned = 0
    private var lineStart = 0
    private var lines = 0

    init(limits: MessageLimits) {
        self.limits = limits
    }

    /// The number of bytes up to and including the empty line; `nil` as long as that has not come.
    ///
    /// - Parameter bytes: all there are since the head began, those of earlier calls among them.
    mutating func end(in bytes: Span<UInt8>) throws(MessageFault) -> Int? {
        while true {
            let lineLimit = lineStart + (lines == 0 ? limits.firstLine : limits.field) + 2
            guard let lineFeed = bytes.firstLineFeed(from: scanned) else {
                scanned = bytes.count
                if scanned >= min(lineLimit, limits.head) { throw fault(lineLimit) }
                return nil
            }
            if lineFeed >= min(lineLimit, limits.head) { throw fault(lineLimit) }
            guard lineFeed > lineStart, bytes[lineFeed - 1] == .carriageReturn else { throw .bareLineFeed }
            let isEmpty = lineFeed == lineStart + 1
            scanned = lineFeed + 1
            lineStart = scanned
            lines += 1
            if isEmpty { return scanned }
        }
    }

    /// Whichever limit comes first, so that it does not depend on how much has arrived.
    private func fault(_ lineLimit: Int) -> MessageFault {
        if limits.head < lineLimit { return .headTooLarge }
        return lines == 0 ? .firstLineTooLong : .fieldTooLong
    }
}

extension Span<UInt8> {
    fileprivate func firstLineFeed(from start: Int) -> Int? {
        withUnsafeBufferPointer { bytes in
            guard start < bytes.count, let base = bytes.baseAddress,
                let found = memchr(base + start, Int32(UInt8.lineFeed), bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }
}
