import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks a container engine through its unix socket, with a connection for each request.
struct EngineClient: Sendable {
    private typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    /// The path of the socket.
    var socket: String

    /// Asks, and shows `receive` the answer as it comes, until the engine ends it.
    ///
    /// - Parameter timeout: for the whole of it; `nil` waits as long as the engine does.
    /// - Returns: its status, also that of a refusal.
    /// - Throws: ``EngineError/unreachable(reason:)``.
    func stream(
        _ request: EngineRequest, timeout: TimeAmount?, receive: (ByteBuffer) throws -> Void
    ) async throws(EngineError) -> HTTPResponseStatus {
        do {
            let connection = try await connect()
            let deadline = timeout.map { connection.channel.close(after: $0) }
            defer { deadline?.cancel() }
            return try await connection.executeThenClose { inbound, outbound in
                // All at once: the engine may answer what is complete, and close, before a second part is written.
                try await outbound.write(contentsOf: request.parts)
                return try await Self.read(inbound, receive)
            }
        } catch let error as EngineError {
            throw error
        } catch {
            throw .unreachable(reason: "\(error)")
        }
    }

    private func connect() async throws -> Connection {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(5))
            .connect(unixDomainSocketPath: socket) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
    }

    private static func read(
        _ parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>, _ receive: (ByteBuffer) throws -> Void
    ) async throws -> HTTPResponseStatus {
        var status: HTTPResponseStatus?
        for try await part in parts {
            switch part {
            case .head(let head): status = head.status
            case .body(let body): try receive(body)
            case .end: if let status { return status }
            }
        }
        throw EngineError.unreachable(reason: "the connection ended before the answer")
    }
}

extension Channel {
    fileprivate func close(after delay: TimeAmount) -> Scheduled<Void> {
        eventLoop.scheduleTask(in: delay) { self.close(promise: nil) }
    }
}
