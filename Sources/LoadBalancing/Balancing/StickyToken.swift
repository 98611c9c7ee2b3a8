/// What a cookie calls a target group or a target: the same at all times, and telling nobody an address.
struct StickyToken: Sendable, Hashable {
    private let hash: UInt64

    init(_ group: TargetGroupID) {
        hash = Self.hash(group.rawValue)
    }

    init(_ group: TargetGroupID, _ target: Target) {
        // No address contains a space.
        hash = Self.hash("\(group.rawValue) \(target.address) \(target.port)")
    }

    fileprivate init(hash: UInt64) {
        self.hash = hash
    }

    /// FNV-1a.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}

/// The value of a cookie that brings a client back.
struct StickyCookie: Sendable, Hashable {
    var token: StickyToken
    /// When the client is let go, in seconds since 1970.
    var end: Int64

    init(_ token: StickyToken, until end: Duration) {
        self.token = token
        self.end = end.components.seconds
    }

    /// `nil` where the text is no such value.
    init?(_ value: Substring) {
        let parts = value.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let end = Int64(parts[0], radix: 16), let hash = UInt64(parts[1], radix: 16) else {
            return nil
        }
        token = StickyToken(hash: hash)
        self.end = end
    }

    var value: String { "\(String(end, radix: 16))-\(token.text)" }

    func holds(at now: Duration) -> Bool { now.components.seconds < end }
}

extension StickyToken {
    fileprivate var text: String { String(hash, radix: 16) }
}
