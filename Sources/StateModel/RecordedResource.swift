package import AttributeTree
package import ResourceModel

/// What the state store says of one resource: what it was last made to be, and how the cloud knows it.
package struct RecordedResource: Sendable, Equatable {
    package var address: ResourceAddress
    package var identity: ResourceIdentity
    package var cloudName: String
    /// `spec` as last applied, as written in the manifest: references by name, lookups as their word, variables
    /// replaced. Secret values are salted digests.
    package var attributes: AttributeValue
    /// The resources it was made after, in address order: deletion goes the other way.
    package var dependencies: [ResourceAddress]
    package var phase: Phase
    package var protect: Bool
    /// What the resource was before: earlier revisions kept for a rollback, newest first, and what a replacement has
    /// left to be deleted.
    package var retired: [RetiredIdentity]
    /// What its last changes have set going, until it is final: the ARN of a deployment. Whoever comes later can follow it.
    package var started: [String: String]
    /// The forms in which the resource was final, newest first: what a rollback goes back to. Each has the attributes that
    /// roll tasks, with revisions by their identifiers. Empty for a kind that refers to no revisions.
    package var proven: [AttributeValue]

    package init(
        address: ResourceAddress, identity: ResourceIdentity, cloudName: String, attributes: AttributeValue,
        dependencies: [ResourceAddress] = [], phase: Phase, protect: Bool = false, retired: [RetiredIdentity] = [],
        started: [String: String] = [:], proven: [AttributeValue] = []
    ) {
        self.address = address
        self.identity = identity
        self.cloudName = cloudName
        self.attributes = attributes
        self.dependencies = dependencies
        self.phase = phase
        self.protect = protect
        self.retired = retired
        self.started = started
        self.proven = proven
    }

    /// How many proven forms are kept.
    private static let provenLimit = 5

    package mutating func becomeFinal(as form: AttributeValue?) {
        phase = .final
        started = [:]
        if let form { proven = proven(afterBecomingFinalAs: form) }
    }

    /// With a form that it had before, a resource is where it was then: what came later is forgotten, so that one rollback
    /// after another goes further back and never forward.
    package func proven(afterBecomingFinalAs form: AttributeValue) -> [AttributeValue] {
        if let position = proven.firstIndex(of: form) { return Array(proven[position...]) }
        return Array(([form] + proven).prefix(Self.provenLimit))
    }
}

/// An identity that a resource had before the one it has.
package struct RetiredIdentity: Sendable, Hashable {
    package enum Reason: String, Sendable, Hashable {
        /// An earlier revision: kept as long as the newest few.
        case revision
        /// Replaced: to be deleted as soon as nothing refers to it.
        case replaced
    }

    package var identity: ResourceIdentity
    package var cloudName: String
    package var reason: Reason

    package init(identity: ResourceIdentity, cloudName: String, reason: Reason) {
        self.identity = identity
        self.cloudName = cloudName
        self.reason = reason
    }
}
