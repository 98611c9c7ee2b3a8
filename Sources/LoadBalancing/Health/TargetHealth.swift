/// What one check of a target has found.
package enum ProbeResult: Sendable, Hashable {
    case passed
    case failed(HealthCheckFailure)
}

/// Decides whether a target is healthy, from the checks seen so far.
///
/// A pure value: it opens no socket and reads no clock. ``HealthChecker`` feeds it the results. The thresholds are those
/// of AWS's guide to Application Load Balancers, "Health checks for target groups": a target that is new has to pass one
/// check; the healthy threshold is for those that were found unhealthy.
package struct TargetHealth: Sendable, Hashable {
    fileprivate enum State: Sendable, Hashable {
        /// No check has passed, and too few have failed to tell.
        case initial(failures: Int)
        /// How many checks have failed since the last one that passed.
        case healthy(failures: Int)
        /// How many checks have passed since the last one that failed.
        case unhealthy(passes: Int, HealthCheckFailure)
    }

    package enum Action: Sendable, Hashable {
        /// The status is another now.
        case report(TargetStatus)
        case nothing
    }

    private var state = State.initial(failures: 0)

    package init() {}

    package var status: TargetStatus {
        switch state {
        case .initial: .initial
        case .healthy: .healthy
        case .unhealthy(_, let failure): .unhealthy(failure)
        }
    }

    /// Takes a result into account, under thresholds that may differ from those before.
    package mutating func record(_ result: ProbeResult, of check: HealthCheck) -> Action {
        let before = status
        switch result {
        case .passed: state = state.afterPass(threshold: check.healthyThreshold)
        case .failed(let failure): state = state.after(failure, threshold: check.unhealthyThreshold)
        }
        return status == before ? .nothing : .report(status)
    }
}

extension TargetHealth.State {
    fileprivate func afterPass(threshold: Int) -> Self {
        guard case .unhealthy(let passes, let failure) = self, passes + 1 < threshold else {
            return .healthy(failures: 0)
        }
        return .unhealthy(passes: passes + 1, failure)
    }

    fileprivate func after(_ failure: HealthCheckFailure, threshold: Int) -> Self {
        switch self {
        case .initial(let failures) where failures + 1 < threshold: .initial(failures: failures + 1)
        case .healthy(let failures) where failures + 1 < threshold: .healthy(failures: failures + 1)
        case .initial, .healthy, .unhealthy: .unhealthy(passes: 0, failure)
        }
    }
}
