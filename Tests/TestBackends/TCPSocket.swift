import Foundation
import Glibc

/// A blocking socket on the loopback interface, closed with its value.
struct TCPSocket: ~Copyable {
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        try Self.check(descriptor)
    }

    deinit {
        close(descriptor)
    }

    private init(connected descriptor: Int32) {
        self.descriptor = descriptor
    }

    func bindToFreeLoopbackPort() throws -> Int {
        var address = Self.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                try Self.check(bind(descriptor, generic, length))
                try Self.check(getsockname(descriptor, generic, &length))
            }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Takes connections from here on.
    func listen() throws {
        try Self.check(Glibc.listen(descriptor, SOMAXCONN))
        try Self.check(fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK))
    }

    /// Calls back when somebody opens a connection, until the watch is cancelled, which has to come before the end of the
    /// socket.
    func watchConnections(_ notify: @escaping @Sendable () -> Void) -> any DispatchSourceRead {
        let watch = DispatchSource.makeReadSource(fileDescriptor: descriptor)
        watch.setEventHandler(handler: notify)
        watch.activate()
        return watch
    }

    /// Ends a connection that somebody has opened; `false` where nobody has.
    func refuseConnection() -> Bool {
        let connection = Glibc.accept(descriptor, nil, nil)
        guard connection >= 0 else { return false }
        close(connection)
        return true
    }

    /// A connection that somebody has opened; `nil` where nobody does for so many seconds.
    func accept(within seconds: Double) -> TCPSocket? {
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&event, 1, Int32(seconds * 1000)) > 0 else { return nil }
        let connection = Glibc.accept(descriptor, nil, nil)
        return connection < 0 ? nil : TCPSocket(connected: connection)
    }

    /// - Parameter seconds: how long one read or write may take.
    func connect(_ host: String = "127.0.0.1", port: Int, timeout seconds: Int) throws {
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            try Self.check(
                setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size)))
        }
        var address = Self.loopback(port: port)
        address.sin_addr.s_addr = inet_addr(host)
        try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                try Self.check(Glibc.connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size)))
            }
        }
    }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            try Self.check(Int32(truncatingIfNeeded: count))
            rest = rest.dropFirst(count)
        }
    }

    func readToEnd() throws -> [UInt8] {
        var content: [UInt8] = []
        while true {
            let more = try read()
            guard !more.isEmpty else { return content }
            content += more
        }
    }

    /// What has come; nothing at the end of the connection.
    func read() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        try Self.check(Int32(truncatingIfNeeded: count))
        return Array(buffer[..<count])
    }

    private static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func check(_ result: Int32) throws {
        guard result < 0 else { return }
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
}
