import NIOCore
import NIOSSL

/// The ports that are open, made to be those that are wanted.
actor ListenerSockets {
    private let group: any EventLoopGroup
    private let workers: Workers
    private var sockets: [ListenerID: ListenerSocket] = [:]
    private var turn: Task<[ListenerID: String], Never>?

    init(group: any EventLoopGroup, workers: Workers) {
        self.group = group
        self.workers = workers
    }

    /// Opens, changes and closes what differs; calls that overlap take their turns, with what belongs to each before and
    /// after.
    ///
    /// - Returns: why a listener is not as it should be, for each of which that is so.
    func apply(
        _ wanted: [ListenerID: ListenerConfiguration], before: @escaping @Sendable () async -> Void,
        after: @escaping @Sendable () async -> Void
    ) async -> [ListenerID: String] {
        let earlier = turn
        let task = Task {
            _ = await earlier?.value
            await before()
            let problems = await self.reconcile(wanted)
            await after()
            return problems
        }
        turn = task
        return await task.value
    }

    private func reconcile(_ wanted: [ListenerID: ListenerConfiguration]) async -> [ListenerID: String] {
        for (id, socket) in sockets where wanted[id]?.isAt(socket) != true {
            sockets[id] = nil
            await socket.close()
            socket.listener.change(to: socket.listener.setup.closing)
        }
        workers.forEach { $0.checkClients() }
        var problems: [ListenerID: String] = [:]
        for (id, configuration) in wanted {
            do {
                try await bring(id, to: configuration)
            } catch {
                problems[id] = ListenerSocket.reason(of: error)
            }
        }
        return problems
    }

    private func bring(_ id: ListenerID, to configuration: ListenerConfiguration) async throws {
        let setup = Listener.Setup(
            port: configuration.port, table: RoutingTable(configuration), settings: configuration.settings,
            tls: try configuration.identity.map { try NIOSSLContext($0) })
        if let socket = sockets[id] { return socket.listener.change(to: setup) }
        sockets[id] = try await ListenerSocket.open(
            Listener(setup), address: configuration.address, port: configuration.port, on: group, workers: workers)
    }
}

extension ListenerConfiguration {
    fileprivate func isAt(_ socket: ListenerSocket) -> Bool { address == socket.address && port == socket.port }
}
