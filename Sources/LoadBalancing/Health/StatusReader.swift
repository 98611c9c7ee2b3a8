/// Finds the status in the first bytes of an answer, as they arrive.
struct StatusReader: Sendable {
    enum Reading: Sendable, Hashable {
        /// The headers are not complete.
        case incomplete
        case status(Int)
        /// What came is not the beginning of an answer in HTTP/1, or has no end.
        case unreadable
    }

    private static let lengthLimit = 65_536
    private static let headEnd: [UInt8] = Array("\r\n\r\n".utf8)

    private var head: [UInt8] = []

    /// Skips interim answers (1xx), after which another follows.
    mutating func read(_ bytes: some Collection<UInt8>) -> Reading {
        head += bytes
        while true {
            guard let status = Self.status(in: head) else { return .unreadable }
            guard let end = head.firstRange(of: Self.headEnd) else {
                return head.count > Self.lengthLimit ? .unreadable : .incomplete
            }
            guard (100..<200).contains(status) else { return .status(status) }
            head.removeSubrange(..<end.upperBound)
        }
    }

    /// `0` where too little is there to tell, `nil` where it is wrong already.
    private static func status(in head: [UInt8]) -> Int? {
        let form = Array("HTTP/1.d ddd".utf8)
        for (byte, expected) in zip(head, form) {
            let isRight = expected == UInt8(ascii: "d") ? isDigit(byte) : byte == expected
            guard isRight else { return nil }
        }
        guard head.count > form.count else { return 0 }
        guard head[form.count] == UInt8(ascii: " ") || head[form.count] == UInt8(ascii: "\r") else { return nil }
        return head[form.count - 3..<form.count].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
