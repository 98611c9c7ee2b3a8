package import AttributeTree
package import Diagnostics
package import ResourceModel

/// What would be done, in order, and why.
package struct Plan: Sendable {
    /// One for every desired or recorded resource, `keep` included, in the order of the graph.
    package var changes: [Change]
    /// In an order that respects ``Step/after``: the order in which the plan is read.
    package var steps: [Step]
    /// Warnings, and what makes the plan impossible.
    package var diagnostics: [Diagnostic]
    /// What is recorded otherwise than the manifest says, though nothing is to be called for it: an apply records the
    /// manifest's attributes, dependencies and protection.
    package var staleRecords: [ResourceAddress]

    package init(
        changes: [Change], steps: [Step], diagnostics: [Diagnostic] = [], staleRecords: [ResourceAddress] = []
    ) {
        self.changes = changes
        self.steps = steps
        self.diagnostics = diagnostics
        self.staleRecords = staleRecords
    }

    package var isEmpty: Bool { steps.isEmpty }
}

/// What happens to one resource.
package struct Change: Sendable, Equatable {
    package enum Action: Sendable, Hashable {
        case create
        case update
        case replace(ReplaceOrder)
        case delete
        case keep
    }

    package var address: ResourceAddress
    package var action: Action
    package var reasons: [Reason]
    package var impact: Impact
    package var differences: [Difference]

    package init(
        address: ResourceAddress, action: Action, reasons: [Reason], impact: Impact, differences: [Difference] = []
    ) {
        self.address = address
        self.action = action
        self.reasons = reasons
        self.impact = impact
        self.differences = differences
    }
}

/// What a change means for what runs.
package enum Impact: String, Sendable, Hashable, CaseIterable {
    case none, inPlace, rollsTasks, replace
}

/// Why a change is made: data, from which the printer makes the sentence.
package enum Reason: Sendable, Hashable {
    /// The manifests have it and nothing is recorded.
    case added
    /// It is recorded and the cloud no longer has it.
    case disappeared
    /// It is recorded and no longer in the manifests.
    case removedFromManifests
    /// `destroy` was asked for.
    case destroyed
    /// The manifest says something else than was last applied.
    case configuration([AttributePath])
    /// These fields go back to what they were when the resource was final before.
    case rolledBack([AttributePath])
    /// The manifest says what was last applied, and the cloud says something else.
    case drift([AttributePath])
    /// These fields cannot be changed where the resource stands.
    case immutable([AttributePath])
    /// A resource it refers to gets another identity.
    case dependencyReplaced(ResourceAddress)
    /// A resource that is replaced uses it, and what takes the place of that cannot use it too.
    case claimed(ResourceAddress)
    /// It exists and is taken over with `--adopt`.
    case adopted
    /// It carries our tags and is not recorded as it is: the record was lost.
    case unrecorded
    /// It is recorded, and somebody has taken the tags away that say whose it is.
    case untagged
    /// What was begun by an apply that did not end is finished.
    case unfinished(Phase)
    /// Revisions or replaced resources that are no longer needed are deleted.
    case retired(count: Int)
}

/// A field in which desired and observed, or desired and recorded, do not agree. Values in normal form; `nil` is absent.
/// Secret values are never here: both sides of a difference in one read `(secret)`.
package struct Difference: Sendable, Hashable {
    package var path: AttributePath
    package var recorded: AttributeValue?
    package var observed: AttributeValue?
    package var desired: AttributeValue?
    package var effect: ChangeEffect

    package init(
        path: AttributePath, recorded: AttributeValue?, observed: AttributeValue?, desired: AttributeValue?,
        effect: ChangeEffect
    ) {
        self.path = path
        self.recorded = recorded
        self.observed = observed
        self.desired = desired
        self.effect = effect
    }
}
