/// A port that is listened on, and what happens to the requests that arrive there.
package struct ListenerConfiguration: Sendable, Equatable {
    /// An address of this machine.
    package var address: String
    package var port: Int
    /// `nil`: plain HTTP.
    package var identity: TLSIdentity?
    /// In the order in which they are tried.
    package var rules: [Rule]
    /// For what no rule matches.
    package var defaultAction: Action
    package var settings: ConnectionSettings

    package init(
        address: String, port: Int, identity: TLSIdentity? = nil, rules: [Rule] = [], defaultAction: Action,
        settings: ConnectionSettings = ConnectionSettings()
    ) {
        self.address = address
        self.port = port
        self.identity = identity
        self.rules = rules
        self.defaultAction = defaultAction
        self.settings = settings
    }
}

/// A certificate chain and its key, in PEM.
package struct TLSIdentity: Sendable, Hashable {
    package var certificateChain: String
    package var privateKey: String

    package init(certificateChain: String, privateKey: String) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
    }
}

/// How connections are treated, whatever is asked for on them.
package struct ConnectionSettings: Sendable, Hashable {
    /// What becomes of `X-Forwarded-For`, `-Proto` and `-Port`.
    package enum ForwardedHeaders: String, Sendable, Hashable {
        case append, preserve, remove
    }

    /// After which a connection without traffic is closed.
    package var idleTimeout: Duration
    /// After which a client's connection is closed once its request is answered.
    package var clientKeepAlive: Duration
    package var forwardedHeaders: ForwardedHeaders
    /// Whether `X-Forwarded-For` tells the client's port too.
    package var tellsClientPort: Bool
    /// Whether the target sees the `Host` of the client unchanged.
    package var preservesHost: Bool
    /// Whether headers with invalid names are taken out instead of passed on.
    package var dropsInvalidHeaders: Bool

    package init(
        idleTimeout: Duration = .seconds(60), clientKeepAlive: Duration = .seconds(3600),
        forwardedHeaders: ForwardedHeaders = .append, tellsClientPort: Bool = false, preservesHost: Bool = false,
        dropsInvalidHeaders: Bool = false
    ) {
        self.idleTimeout = idleTimeout
        self.clientKeepAlive = clientKeepAlive
        self.forwardedHeaders = forwardedHeaders
        self.tellsClientPort = tellsClientPort
        self.preservesHost = preservesHost
        self.dropsInvalidHeaders = dropsInvalidHeaders
    }
}
