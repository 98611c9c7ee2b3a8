import Dispatch
import Glibc
import NIOCore
import NIOPosix

/// The program of the image `reconcile/hello`: a small HTTP server that says which task answers.
///
/// It speaks HTTP/1.1, and HTTP/2 to clients that begin with it. It ends gracefully: it listens no more, finishes the requests that are on their way, and closes the connections.
package enum HelloServer {
    /// Serves until SIGTERM or SIGINT, as a program of its own; ``HelloSettings`` are in the environment.
    ///
    /// - Parameter log: is told when it listens and when it ends.
    package static func runProgram(
        environment: [String: String], log: @Sendable (String) -> Void
    ) async throws {
        let settings = try HelloSettings(environment: environment)
        if let crashAfter = settings.crashAfter {
            MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: TimeAmount(crashAfter)) { exit(1) }
        }
        // A signal ends it as any other program until it listens.
        try await Task.sleep(for: settings.startDelay)
        let (signals, continuation) = AsyncStream<Int32>.makeStream()
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        try await serve(settings, log: log) {
            if let signal = await signals.first(where: { _ in true }) { log("signal \(signal): finishing") }
        }
    }

    /// Serves until `end` returns, and then until nothing is on its way.
    static func serve(
        _ settings: HelloSettings, log: @Sendable (String) -> Void, until end: () async -> Void
    ) async throws {
        let connections = ConnectionSet()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ProtocolSniffer(settings: settings))
                    connections.add(channel)
                }
            }
            .bind(host: settings.host, port: settings.port).get()
        log("listening at \(settings.host):\(listener.localAddress?.port ?? settings.port)")
        await end()
        try await listener.close()
        await connections.finish()
    }
}
