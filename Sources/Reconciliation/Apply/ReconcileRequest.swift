package import Planning
package import ResourceModel

/// What a plan is wanted of.
package struct ReconcileRequest: Sendable {
    package var goal: PlanRequest.Goal
    package var desired: DesiredSet
    package var targets: Set<ResourceAddress>?
    package var adopt: Set<ResourceAddress>

    package init(
        _ goal: PlanRequest.Goal, _ desired: DesiredSet, targets: Set<ResourceAddress>? = nil,
        adopt: Set<ResourceAddress> = []
    ) {
        self.goal = goal
        self.desired = desired
        self.targets = targets
        self.adopt = adopt
    }
}

/// How an apply is made, and by whom.
package struct ApplyOptions: Sendable {
    package var holder: LockHolder
    package var gitCommit: String?
    package var settings: ExecutionSettings
    /// The plan that was saved and is to be carried out: refused when the state or the world has moved since.
    package var saved: PlanFingerprint?
    package var interruption: Interruption

    package init(
        holder: LockHolder, gitCommit: String? = nil, settings: ExecutionSettings = ExecutionSettings(),
        saved: PlanFingerprint? = nil, interruption: Interruption = Interruption()
    ) {
        self.holder = holder
        self.gitCommit = gitCommit
        self.settings = settings
        self.saved = saved
        self.interruption = interruption
    }
}
