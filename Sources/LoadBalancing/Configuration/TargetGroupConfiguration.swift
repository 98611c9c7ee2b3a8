/// Targets that stand for each other, and how one of them is chosen.
package struct TargetGroupConfiguration: Sendable, Equatable {
    package enum Algorithm: String, Sendable, Hashable {
        case roundRobin, leastOutstandingRequests, weightedRandom
    }

    /// Which target a client comes back to.
    package enum Stickiness: Sendable, Hashable {
        case none
        /// By a cookie of the balancer's own, for so long.
        case balancerCookie(Duration)
        /// By a cookie that follows one the application sets.
        case applicationCookie(name: String, Duration)
    }

    /// Whether targets are spoken to over TLS; their certificates are not checked.
    package var isSecure: Bool
    /// Whether targets are spoken to in HTTP/2.
    package var speaksHTTP2: Bool
    package var targets: [Target: TargetMode]
    /// `nil`: every target counts as healthy.
    package var healthCheck: HealthCheck?
    package var algorithm: Algorithm
    package var stickiness: Stickiness
    /// The time over which a new target's share grows to its full size; zero: at once.
    package var slowStart: Duration
    /// Where fewer targets are healthy, all active ones receive requests.
    package var minimumHealthyCount: Int
    /// The same as a part of the active targets, from 0 to 100: where it is more than the count, it holds instead.
    package var minimumHealthyPercentage: Int

    package init(
        isSecure: Bool = false, speaksHTTP2: Bool = false, targets: [Target: TargetMode] = [:],
        healthCheck: HealthCheck? = nil,
        algorithm: Algorithm = .roundRobin, stickiness: Stickiness = .none, slowStart: Duration = .zero,
        minimumHealthyCount: Int = 1, minimumHealthyPercentage: Int = 0
    ) {
        self.isSecure = isSecure
        self.speaksHTTP2 = speaksHTTP2
        self.targets = targets
        self.healthCheck = healthCheck
        self.algorithm = algorithm
        self.stickiness = stickiness
        self.slowStart = slowStart
        self.minimumHealthyCount = minimumHealthyCount
        self.minimumHealthyPercentage = minimumHealthyPercentage
    }
}

/// Where requests are sent to.
package struct Target: Sendable, Hashable {
    package var address: String
    package var port: Int

    package init(_ address: String, _ port: Int) {
        self.address = address
        self.port = port
    }
}

/// What a target is there for. One that is gone from the configuration is cut off, whatever it is doing.
package enum TargetMode: Sendable, Hashable {
    /// Receives requests while it is healthy.
    case active
    /// Finishes the requests it has, receives no more, and is not asked for its health.
    case draining
}

/// How a target is asked whether it can serve.
package struct HealthCheck: Sendable, Hashable {
    package var isSecure: Bool
    package var speaksHTTP2: Bool
    /// `nil`: the port of the target.
    package var port: Int?
    package var path: String
    package var interval: Duration
    package var timeout: Duration
    package var healthyThreshold: Int
    package var unhealthyThreshold: Int
    /// The answers that pass.
    package var passingStatuses: [ClosedRange<Int>]

    package init(
        isSecure: Bool = false, speaksHTTP2: Bool = false, port: Int? = nil, path: String = "/",
        interval: Duration = .seconds(30),
        timeout: Duration = .seconds(5), healthyThreshold: Int = 5, unhealthyThreshold: Int = 2,
        passingStatuses: [ClosedRange<Int>] = [200...200]
    ) {
        self.isSecure = isSecure
        self.speaksHTTP2 = speaksHTTP2
        self.port = port
        self.path = path
        self.interval = interval
        self.timeout = timeout
        self.healthyThreshold = healthyThreshold
        self.unhealthyThreshold = unhealthyThreshold
        self.passingStatuses = passingStatuses
    }
}
