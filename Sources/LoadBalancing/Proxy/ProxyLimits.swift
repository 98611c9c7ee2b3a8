/// For how long the proxy waits, and how much it takes. The defaults are those of the Application Load Balancer where
/// these are known.
package struct ProxyLimits: Sendable, Hashable {
    package var message: MessageLimits
    /// Within which a target takes a connection.
    package var connectTimeout: Duration
    /// Within which the whole head of a request arrives, counted from its first byte.
    package var headTimeout: Duration
    /// For which a connection to a target waits for its next request.
    package var pooledTimeout: Duration
    /// Connections to one target that wait for requests, on each event loop.
    package var pooledConnections: Int
    /// Of a body that nobody reads any more, how much is taken for the sake of the connection, in bytes.
    package var discardedBody: Int
    /// For how long a connection is kept after its last answer, so that the client can read that.
    package var lingering: Duration

    package init(
        message: MessageLimits = MessageLimits(), connectTimeout: Duration = .seconds(10),
        headTimeout: Duration = .seconds(30), pooledTimeout: Duration = .seconds(60), pooledConnections: Int = 128,
        discardedBody: Int = 1 << 20, lingering: Duration = .seconds(5)
    ) {
        self.message = message
        self.connectTimeout = connectTimeout
        self.headTimeout = headTimeout
        self.pooledTimeout = pooledTimeout
        self.pooledConnections = pooledConnections
        self.discardedBody = discardedBody
        self.lingering = lingering
    }
}
