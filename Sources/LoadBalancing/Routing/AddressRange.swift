/// An ``AddressBlock`` ready to be tried: the addresses of one family that begin with the same bits.
enum AddressRange: Sendable, Hashable {
    case v4(prefix: UInt32, length: Int)
    case v6(prefix: UInt128, length: Int)

    /// `nil` where the block is not written as `10.0.0.0/8` or `2001:db8::/32`. An address alone is a block of one.
    init?(_ block: AddressBlock) {
        let parts = block.description.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
        let length = parts.count == 2 ? Int(parts[1]) : nil
        if parts.count == 2, length == nil { return nil }
        switch address {
        case .v4(let number):
            guard (0...32).contains(length ?? 32) else { return nil }
            self = .v4(prefix: Self.prefix(of: number, length ?? 32), length: length ?? 32)
        case .v6(let number):
            guard (0...128).contains(length ?? 128) else { return nil }
            self = .v6(prefix: Self.prefix(of: number, length ?? 128), length: length ?? 128)
        }
    }

    func contains(_ address: IPAddress) -> Bool {
        switch (self, address) {
        case (.v4(let prefix, let length), .v4(let number)): Self.prefix(of: number, length) == prefix
        case (.v6(let prefix, let length), .v6(let number)): Self.prefix(of: number, length) == prefix
        case (.v4, .v6), (.v6, .v4): false
        }
    }

    private static func prefix<Number: FixedWidthInteger>(of number: Number, _ length: Int) -> Number {
        length == 0 ? 0 : number & (~0 << (Number.bitWidth - length))
    }
}
