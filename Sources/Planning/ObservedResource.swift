package import AttributeTree
package import ResourceModel

/// A resource as the cloud says it is.
package struct ObservedResource: Sendable, Equatable {
    package var identity: ResourceIdentity
    package var cloudName: String
    /// In the words of the manifest; identifiers where the manifest has references.
    package var attributes: AttributeValue
    /// Whose its tags say it is; `nil` when they do not say.
    package var owner: Ownership?

    package init(
        identity: ResourceIdentity, cloudName: String, attributes: AttributeValue, owner: Ownership?
    ) {
        self.identity = identity
        self.cloudName = cloudName
        self.attributes = attributes
        self.owner = owner
    }
}

package struct Ownership: Sendable, Hashable {
    package var owner: Owner
    package var address: ResourceAddress

    package init(owner: Owner, address: ResourceAddress) {
        self.owner = owner
        self.address = address
    }
}

/// What was asked of the cloud for one plan.
package struct ObservedWorld: Sendable {
    /// What exists; an address that is not here does not.
    package var resources: [ResourceAddress: ObservedResource]
    package var lookups: [Lookup: AttributeValue]

    package init(resources: [ResourceAddress: ObservedResource] = [:], lookups: [Lookup: AttributeValue] = [:]) {
        self.resources = resources
        self.lookups = lookups
    }
}
