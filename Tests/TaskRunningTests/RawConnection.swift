import NIOCore
import NIOPosix

/// A TCP connection on which a test writes and reads what it likes.
struct RawConnection {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received = ""

    static func with<Result: Sendable>(
        _ host: String, _ port: Int, _ body: (inout RawConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = RawConnection(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&connection)
        }
    }

    /// The whole answer to a request after which the server closes the connection.
    static func answer(to request: String, _ host: String, _ port: Int) async throws -> String {
        try await with(host, port) { connection in
            try await connection.send("\(request) HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            return try await connection.rest()
        }
    }

    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// What arrives until this text has come.
    mutating func receive(through end: String) async throws -> String {
        while true {
            if let range = received.firstRange(of: end) {
                defer { received = String(received[range.upperBound...]) }
                return String(received[..<range.upperBound])
            }
            guard let bytes = try await inbound.next(isolation: #isolation) else { return received }
            received += String(buffer: bytes)
        }
    }

    /// What arrives until the other side closes.
    mutating func rest() async throws -> String {
        while let bytes = try await inbound.next(isolation: #isolation) { received += String(buffer: bytes) }
        return received
    }
}
