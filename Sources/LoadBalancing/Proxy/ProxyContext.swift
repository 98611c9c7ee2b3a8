import NIOSSL
import Synchronization

/// What all connections of a balancer share, on whichever event loop they are.
final class ProxyContext: Sendable {
    let serverName: String
    let limits: ProxyLimits
    let chooser: Mutex<TargetChooser>
    let counters = TrafficCounters()
    /// For targets that are spoken to over TLS.
    let upstreamTLS: NIOSSLContext
    /// The time since 1970.
    let wallClock: @Sendable () -> Duration

    init(
        serverName: String, limits: ProxyLimits, cookieNames: CookieNames, upstreamTLS: NIOSSLContext,
        wallClock: @escaping @Sendable () -> Duration
    ) {
        self.serverName = serverName
        self.limits = limits
        self.upstreamTLS = upstreamTLS
        self.wallClock = wallClock
        chooser = Mutex(TargetChooser(cookieNames: cookieNames))
    }
}
