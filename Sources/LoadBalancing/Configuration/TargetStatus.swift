/// What the health checks have found of a target.
package enum TargetStatus: Sendable, Hashable {
    /// Not yet enough checks to tell.
    case initial
    case healthy
    case unhealthy(HealthCheckFailure)
}

/// Why the last check of a target did not pass.
package enum HealthCheckFailure: Sendable, Hashable {
    case status(Int)
    case timeout
    /// No connection, or one that broke.
    case noConnection
    /// What came was not HTTP.
    case unreadable
}

/// One target of one target group.
package struct TargetKey: Sendable, Hashable {
    package var targetGroup: TargetGroupID
    package var target: Target

    package init(_ targetGroup: TargetGroupID, _ target: Target) {
        self.targetGroup = targetGroup
        self.target = target
    }
}
