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
    private let stored: RecordedState
    private let hash: TextHash

    /// - Parameter stored: The state as the store has it, before anything is resolved.
    package init(
        plan: Plan, desired: DesiredSet, recorded: RecordedState, observed: ObservedWorld,
        resolutions: [IntentResolution], stored: RecordedState, hash: @escaping TextHash
    ) {
        self.plan = plan
        self.desired = desired
        self.recorded = recorded
        self.observed = observed
        self.resolutions = resolutions
        self.stored = stored
        self.hash = hash
    }

    /// Made when it is asked for: it takes a tenth of the time of the plan, and only a plan that is saved needs it.
    package var fingerprint: PlanFingerprint {
        PlanFingerprint(stored: stored, desired: desired, observed: observed, hash: hash)
    }
}
