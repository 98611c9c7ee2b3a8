import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// A port that is listened on.
struct ListenerSocket: Sendable {
    let listener: Listener
    let address: String
    let port: Int
    private let channel: any Channel

    /// - Throws: what the system says against it.
    static func open(
        _ listener: Listener, address: String, port: Int, on group: any EventLoopGroup, workers: Workers
    ) async throws -> ListenerSocket {
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 16)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try accept(channel, listener, workers) }
            }
            .bind(to: SocketAddress(ipAddress: address, port: port))
            .get()
        return ListenerSocket(listener: listener, address: address, port: port, channel: channel)
    }

    private static func accept(_ channel: any Channel, _ listener: Listener, _ workers: Workers) throws {
        guard let worker = workers.worker(of: channel.eventLoop) else { throw ChannelError.ioOnClosedChannel }
        let tls = listener.setup.tls
        if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
        try channel.pipeline.syncOperations.addHandler(
            ClientHandler(listener: listener, isSecure: tls != nil, worker: worker))
    }

    /// Takes no more connections; those there are go on until they are ended.
    func close() async {
        try? await channel.close().get()
    }

    /// Why a port could not be opened, in words.
    static func reason(of error: any Error) -> String {
        switch error {
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case let error as NIOSSLError: "the certificate or its key cannot be used: \(error)"
        default: "\(error)"
        }
    }
}
