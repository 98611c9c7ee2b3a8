/// Whether a target serves, as ECS wants to know it.
package enum TargetState: Sendable, Hashable {
    /// Not checked often enough yet.
    case initial
    case healthy
    /// For a reason in the words of `DescribeTargetHealth`.
    case unhealthy(reason: String)
    /// No load balancer sends to it.
    case unused
    /// Deregistered, and finishing what it has.
    case draining
}

/// What `DescribeTargetHealth` tells of a target: a state, and why it is in it.
struct TargetHealthReport: Sendable, Hashable {
    var state: String
    var reason: String?
    var description: String?

    init(_ state: String, _ reason: String? = nil, _ description: String? = nil) {
        self.state = state
        self.reason = reason
        self.description = description
    }

    static let healthy = Self("healthy")
    static let registering = Self(
        "initial", "Elb.RegistrationInProgress", "Target registration is in progress")
    static let checking = Self("initial", "Elb.InitialHealthChecking", "Initial health checks in progress")
    static let draining = Self(
        "draining", "Target.DeregistrationInProgress", "Target deregistration is in progress")
    static let notRegistered = Self(
        "unused", "Target.NotRegistered", "Target is not registered to the target group")
    static let notInUse = Self(
        "unused", "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer")
    static let zoneNotEnabled = Self(
        "unused", "Target.NotInUse", "Target is in an Availability Zone that is not enabled for the load balancer")
    /// There are no instances here.
    static let stopped = Self("unused", "Target.InvalidState", "Target is in the stopped state")

    static func failed(_ failure: TargetRecord.Failure) -> Self {
        switch failure {
        case .status(let code):
            Self("unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [\(code)]")
        case .timeout: Self("unhealthy", "Target.Timeout", "Request timed out")
        case .noAnswer: Self("unhealthy", "Target.FailedHealthChecks", "Health checks failed")
        }
    }
}

extension BalancingState {
    /// What is known of a target of this group at this time.
    func report(on target: TargetRecord, of group: TargetGroupRecord, at now: Moment) -> TargetHealthReport {
        if target.drainsUntil != nil { return .draining }
        if let unused = whyUnused(target, of: group) { return unused }
        switch target.health {
        case .healthy: return .healthy
        case .unhealthy(let failure): return .failed(failure)
        case .initial:
            return now - target.registeredAt < TargetRecord.registrationTime ? .registering : .checking
        }
    }

    /// Why no load balancer sends to a registered target; `nil` when one does.
    func whyUnused(_ target: TargetRecord, of group: TargetGroupRecord) -> TargetHealthReport? {
        guard let user = users[group.arn].flatMap({ loadBalancers[$0] }) else { return .notInUse }
        if group.targetType == .instance { return .stopped }
        guard let zone = target.zone else { return nil }
        return user.zones.contains { $0.name == zone } ? nil : .zoneNotEnabled
    }
}
