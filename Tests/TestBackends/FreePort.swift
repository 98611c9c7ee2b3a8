import Glibc

/// A TCP port of the loopback interface that nothing listens on.
///
/// It is free when found; the kernel hands out another one next time, so that two tests do not get the same.
package enum FreePort {
    package static func find() throws -> Int {
        let socket = try TCPSocket()
        return try socket.bindToFreeLoopbackPort()
    }
}
