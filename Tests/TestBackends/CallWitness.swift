import Dispatch
import Synchronization

/// An endpoint at which nothing is answered, and which knows whether anybody called.
package final class CallWitness: Sendable {
    private struct State: ~Copyable {
        var socket: TCPSocket
        var watch: (any DispatchSourceRead)?
        var connections = 0

        init(_ socket: consuming TCPSocket) { self.socket = socket }

        mutating func countConnections() {
            while socket.refuseConnection() { connections += 1 }
        }
    }

    private let state: Mutex<State>
    package let access: AWSAccess

    package init() throws {
        let socket = try TCPSocket()
        let port = try socket.bindToFreeLoopbackPort()
        try socket.listen()
        access = AWSAccess(port: port, accessKeyID: "test", secretAccessKey: "test")
        state = Mutex(State(socket))
        state.withLock { state in
            state.watch = state.socket.watchConnections { [weak self] in _ = self?.connections }
        }
    }

    deinit {
        state.withLock { $0.watch?.cancel() }
    }

    /// How many connections were opened; each is ended at once, so that nobody waits for an answer.
    package var connections: Int {
        state.withLock { state in
            state.countConnections()
            return state.connections
        }
    }
}
