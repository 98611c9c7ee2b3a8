import NIOCore

/// What the connections of one event loop share. Used on that loop only.
///
/// A client's connection and those to targets that it uses are on the same loop, so that they call each other directly.
final class Worker {
    let loop: any EventLoop
    let context: ProxyContext
    /// The time since the balancer began, as of the last tick: exact enough for timeouts, and read without a call.
    private(set) var now = Duration.zero
    var generator: FastGenerator
    private var clients: [ObjectIdentifier: ClientHandler] = [:]
    private var upstreams: [ObjectIdentifier: UpstreamHandler] = [:]
    private var pool: ConnectionPool<UpstreamHandler>
    private var modes: [TargetKey: TargetMode] = [:]

    init(loop: any EventLoop, context: ProxyContext, seed: UInt64) {
        self.loop = loop
        self.context = context
        generator = FastGenerator(seed: seed)
        pool = ConnectionPool(limit: context.limits.pooledConnections)
    }

    // MARK: Time and configuration

    /// Ends what has waited too long.
    func tick(_ now: Duration) {
        self.now = now
        let limit = now - context.limits.pooledTimeout
        for upstream in pool.removeAll(since: limit, unless: { _ in true }) { upstream.close() }
        for upstream in Array(upstreams.values) { upstream.tick() }
        checkClients()
    }

    /// Closes the connections of listeners that are closing and owe no answer.
    func checkClients() {
        for client in Array(clients.values) { client.tick() }
    }

    /// Takes over which targets there are, and cuts off those that are gone.
    func update(_ modes: [TargetKey: TargetMode]) {
        self.modes = modes
        for upstream in pool.removeAll(since: now - context.limits.pooledTimeout, unless: { modes[$0] == .active }) {
            upstream.close()
        }
        for upstream in Array(upstreams.values) where modes[upstream.key] == nil { upstream.fail(.removed) }
    }

    func closeAll() {
        for client in Array(clients.values) { client.close() }
        for upstream in Array(upstreams.values) { upstream.close() }
    }

    // MARK: Connections

    func add(_ client: ClientHandler) { clients[ObjectIdentifier(client)] = client }
    func remove(_ client: ClientHandler) { clients[ObjectIdentifier(client)] = nil }

    /// A connection to the target for one exchange: one that waits in the pool, or else one that is yet to be made.
    func connection(to choice: TargetChoice, for client: ClientHandler, fresh: Bool) -> UpstreamHandler {
        while !fresh, let pooled = pool.take(choice.key) {
            if pooled.isSecure == choice.isSecure, pooled.reuse(for: client) { return pooled }
            pooled.close()
        }
        let upstream = UpstreamHandler(to: choice, for: client, worker: self)
        upstreams[ObjectIdentifier(upstream)] = upstream
        upstream.connect()
        return upstream
    }

    /// Takes back a connection that is ready for another exchange.
    func release(_ upstream: UpstreamHandler) {
        if modes[upstream.key] != .active || !pool.put(upstream, for: upstream.key, now: now) { upstream.close() }
    }

    func remove(_ upstream: UpstreamHandler) {
        upstreams[ObjectIdentifier(upstream)] = nil
        pool.remove(upstream, of: upstream.key)
    }
}

/// Random numbers for the spreading of requests and for trace ids, without a system call for each: SplitMix64.
struct FastGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
