/// Everything a balancer does: where it listens, how it decides, and where the targets are.
///
/// A value that whoever owns the balancer builds anew and hands over whole; what differs from the one before is changed
/// without disturbing the rest.
package struct BalancerConfiguration: Sendable, Equatable {
    package var listeners: [ListenerID: ListenerConfiguration]
    package var targetGroups: [TargetGroupID: TargetGroupConfiguration]

    package init(
        listeners: [ListenerID: ListenerConfiguration] = [:],
        targetGroups: [TargetGroupID: TargetGroupConfiguration] = [:]
    ) {
        self.listeners = listeners
        self.targetGroups = targetGroups
    }
}

/// What the owner calls a listener.
package struct ListenerID: Sendable, Hashable, Comparable {
    package var rawValue: String
    package init(_ rawValue: String) { self.rawValue = rawValue }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What the owner calls a target group.
package struct TargetGroupID: Sendable, Hashable, Comparable {
    package var rawValue: String
    package init(_ rawValue: String) { self.rawValue = rawValue }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
