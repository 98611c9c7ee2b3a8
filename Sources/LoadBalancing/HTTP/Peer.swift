package import NIOCore

/// The other end of a client's connection, in the forms in which it is told to targets.
package struct Peer: Sendable, Hashable {
    package let address: String
    package let port: Int
    package let ipAddress: IPAddress?

    package init(_ socket: SocketAddress?) {
        address = socket?.ipAddress ?? "unknown"
        port = socket?.port ?? 0
        ipAddress = socket.flatMap { IPAddress($0) }
    }

    /// With an IPv6 address in brackets.
    package var addressAndPort: String {
        address.utf8.contains(UInt8.colon) ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
}
