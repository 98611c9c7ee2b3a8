package import NIOCore

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
            self = .v4(Self.number(in: address.address, at: 4))
        case .v6(let address):
            let number: UInt128 = Self.number(in: address.address, at: 8)
            self = number >> 32 == 0xFFFF ? .v4(UInt32(truncatingIfNeeded: number)) : .v6(number)
        case .unixDomainSocket:
            return nil
        }
    }

    /// The number that stands at this offset of a `sockaddr_in` or `sockaddr_in6`, whose layouts are the same on all
    /// systems.
    private static func number<Number: FixedWidthInteger>(in address: some Any, at offset: Int) -> Number {
        withUnsafeBytes(of: address) { bytes in
            bytes[offset..<offset + Number.bitWidth / 8].reduce(0) { $0 << 8 | Number($1) }
        }
    }
}
