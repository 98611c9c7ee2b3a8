package import Planning
package import ResourceModel
package import StateModel

/// A plan, with everything it was made from.
package struct PreparedPlan: Sendable {
    package var plan: Plan
    package var desired: DesiredSet
    package var recorded: RecordedState
    package var observed: ObservedWorld
    /// What was found out about calls that had no answer; recorded by an apply.
    package var resolutions: [IntentResolution]
    package var fingerprint: PlanFingerprint

    package init(
        plan: Plan, desired: DesiredSet, recorded: RecordedState, observed: ObservedWorld,
        resolutions: [IntentResolution], fingerprint: PlanFingerprint
    ) {
        self.plan = plan
        self.desired = desired
        self.recorded = recorded
        self.observed = observed
        self.resolutions = resolutions
        self.fingerprint = fingerprint
    }
}
