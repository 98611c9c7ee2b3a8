/// A block of IPv4 addresses, as in `127.64.0.0/20`.
package struct IPv4Range: Sendable, Hashable, Codable {
    private var base: UInt32
    private var prefix: Int

    /// - Returns: `nil` for what is no address with a length, or has bits set behind it.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let prefix = Int(parts[1]), (0...32).contains(prefix),
            let base = Self.parse(parts[0])
        else { return nil }
        self.init(base: base, prefix: prefix)
        guard self.base == base else { return nil }
    }

    /// The block around an address.
    package init(base: UInt32, prefix: Int) {
        self.base = prefix == 0 ? 0 : base & (UInt32.max << UInt32(32 - prefix))
        self.prefix = prefix
    }

    /// One of the smaller blocks that it is made of.
    package func part(_ index: Int, prefix: Int) -> IPv4Range {
        IPv4Range(base: base + UInt32(index) << UInt32(32 - prefix), prefix: prefix)
    }

    package var count: Int { 1 << (32 - prefix) }

    /// The address at a distance from the first.
    package func address(at offset: Int) -> String { Self.text(base &+ UInt32(truncatingIfNeeded: offset)) }

    /// How far an address is from the first; `nil` when it is none of the block.
    package func offset(of address: String) -> Int? {
        guard let value = Self.parse(address[...]), value >= base, Int(value - base) < count else { return nil }
        return Int(value - base)
    }

    package func contains(_ address: String) -> Bool { offset(of: address) != nil }

    private static func parse(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard let byte = UInt8(part) else { return nil }
            value = value << 8 | UInt32(byte)
        }
        return value
    }

    private static func text(_ value: UInt32) -> String {
        [24, 16, 8, 0].map { String(value >> UInt32($0) & 255) }.joined(separator: ".")
    }
}

extension IPv4Range: CustomStringConvertible {
    package var description: String { "\(address(at: 0))/\(prefix)" }
}
