package import ResourceModel
package import StateModel

/// Everything a plan is made from. Nothing else is.
package struct PlanRequest: Sendable {
    package enum Goal: Sendable, Hashable {
        /// The world is as the manifests say.
        case converge
        /// Nothing of what is recorded is left.
        case destroy
        /// The targets, and nothing else, are as they were when they were final before.
        case rollBack
    }

    package var goal: Goal
    package var owner: Owner
    package var desired: DesiredSet
    package var recorded: RecordedState
    package var observed: ObservedWorld
    package var catalog: KindCatalog
    /// Only these and what they depend on (for `destroy`: and what depends on them); `nil` for all.
    package var targets: Set<ResourceAddress>?
    /// Existing resources that may be taken over.
    package var adopt: Set<ResourceAddress>
    package var hash: TextHash

    package init(
        goal: Goal, owner: Owner, desired: DesiredSet, recorded: RecordedState, observed: ObservedWorld,
        catalog: KindCatalog, targets: Set<ResourceAddress>? = nil, adopt: Set<ResourceAddress> = [],
        hash: @escaping TextHash
    ) {
        self.goal = goal
        self.owner = owner
        self.desired = desired
        self.recorded = recorded
        self.observed = observed
        self.catalog = catalog
        self.targets = targets
        self.adopt = adopt
        self.hash = hash
    }
}

/// SHA-256 of the UTF-8 bytes of a text, in lowercase hexadecimal. Planning has no cryptography of its own.
package typealias TextHash = @Sendable (String) -> String
