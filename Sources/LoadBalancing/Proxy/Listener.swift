import NIOSSL
import Synchronization

/// What the connections of one listener go by. It changes under them: each request sees what holds when it comes.
final class Listener: Sendable {
    /// All of it at one time.
    final class Setup: Sendable {
        let port: Int
        let table: RoutingTable
        let settings: ConnectionSettings
        /// `nil`: plain HTTP.
        let tls: NIOSSLContext?
        /// Connections end with the answers they owe.
        let isClosing: Bool

        init(
            port: Int, table: RoutingTable, settings: ConnectionSettings, tls: NIOSSLContext?, isClosing: Bool = false
        ) {
            self.port = port
            self.table = table
            self.settings = settings
            self.tls = tls
            self.isClosing = isClosing
        }

        var closing: Setup { Setup(port: port, table: table, settings: settings, tls: tls, isClosing: true) }
    }

    private let current: Mutex<Setup>

    init(_ setup: Setup) {
        current = Mutex(setup)
    }

    var setup: Setup { current.withLock { $0 } }

    func change(to setup: Setup) {
        current.withLock { $0 = setup }
    }
}
