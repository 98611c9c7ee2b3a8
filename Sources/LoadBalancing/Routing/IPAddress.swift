import NIOCore

/// The address of a machine.
package enum IPAddress: Sendable, Hashable {
    case v4(UInt32)
    case v6(UInt128)

    /// `nil` where the text is no address, as `10.0.0.1` or `2001:db8::1` are.
    package init?(_ text: String) {
        guard let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
        self.init(address)
    }

    /// `nil` for the address of anything but an IP connection. An IPv4 address within IPv6 is an IPv4 address.
    package init?(_ address: SocketAddress) {
        switch address {
        case .v4(let address):
            self = .v4(Self.number(UInt32.self, in: address.address.sin_addr))
        case .v6(let address):
            let number = Self.number(UInt128.self, in: address.address.sin6_addr)
            self = number >> 32 == 0xFFFF ? .v4(UInt32(truncatingIfNeeded: number)) : .v6(number)
        case .unixDomainSocket:
            return nil
        }
    }

    private static func number<Number: FixedWidthInteger>(_: Number.Type, in address: some Any) -> Number {
        withUnsafeBytes(of: address) { bytes in bytes.prefix(Number.bitWidth / 8).reduce(0) { $0 << 8 | Number($1) } }
    }
}
