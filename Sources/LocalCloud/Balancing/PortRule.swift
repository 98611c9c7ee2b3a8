import Glibc

/// At which port a listener really listens: at its own, or, where this user may not listen below 1024, at one 8000
/// above: 80 becomes 8080, and 443 becomes 8443.
package struct PortRule: Sendable, Hashable {
    /// 0 or 8000.
    package var shift: Int

    package init(shift: Int) { self.shift = shift }

    package func boundPort(_ port: Int) -> Int { port < 1024 ? port + shift : port }

    /// What holds on this machine: found out by trying to listen at port 80.
    ///
    /// - Parameter address: one that nobody else uses.
    package static func ofThisMachine(at address: String) -> PortRule {
        PortRule(shift: LoopbackPort.isFree(80, address: address) ? 0 : 8000)
    }
}

/// Ports of this machine's own addresses.
enum LoopbackPort {
    /// Whether one can listen there: it is allowed and nobody else does.
    static func isFree(_ port: Int, address: String = "127.0.0.1") -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var reuse: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        return bind(descriptor, to: port, address: address) && listen(descriptor, 1) == 0
    }

    static func bind(_ descriptor: CInt, to port: Int, address text: String) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        inet_pton(AF_INET, text, &address.sin_addr)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
