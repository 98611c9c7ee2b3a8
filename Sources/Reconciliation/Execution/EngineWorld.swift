package import Planning
package import ResourceModel
import StateModel

/// Everything that stays as it is while a plan is carried out.
package struct EngineWorld: Sendable {
    package var owner: Owner
    package var desired: DesiredSet
    package var catalog: KindCatalog
    package var observed: ObservedWorld
    /// What a desired resource is made after, hidden dependencies included, in address order.
    package var dependencies: @Sendable (ResourceAddress) -> [ResourceAddress]
    /// `nil` when secret values are digests already: where what is desired was taken from what is recorded.
    package var secrets: SecretDigest?
    package var effects: Effects

    package init(
        owner: Owner, desired: DesiredSet, catalog: KindCatalog, observed: ObservedWorld,
        dependencies: @escaping @Sendable (ResourceAddress) -> [ResourceAddress], secrets: SecretDigest?,
        effects: Effects
    ) {
        self.owner = owner
        self.desired = desired
        self.catalog = catalog
        self.observed = observed
        self.dependencies = dependencies
        self.secrets = secrets
        self.effects = effects
    }

    func observed(_ address: ResourceAddress) -> ObservedResource? { observed.resources[address] }

    /// What is recorded of a resource that is as the manifests say.
    func outcome(
        of resource: DesiredResource, retiring reason: RetiredIdentity.Reason? = nil
    ) -> Intent.Outcome {
        let schema = catalog[resource.address.kind]?.schema
        return Intent.Outcome(
            attributes: schema.flatMap { secrets?.redacted(resource.attributes, by: $0) } ?? resource.attributes,
            dependencies: dependencies(resource.address), protect: resource.metadata.protect, retiring: reason)
    }

    /// What an identity becomes that a creation puts another in the place of.
    func retirement(at address: ResourceAddress) -> RetiredIdentity.Reason {
        switch catalog[address.kind]?.verbs.updateStyle {
        case .newRevision: .revision
        case .inPlace, nil: .replaced
        }
    }

    func resolver(_ journal: StateJournal) -> ReferenceResolver {
        ReferenceResolver(lookups: observed.lookups) { journal.resource(at: $0)?.identity }
    }
}

/// A plan that cannot be carried out, which a plan made from the same desired set never is.
package enum EngineError: Error, Sendable, Equatable {
    case unknownKind(ResourceAddress)
    case notDesired(ResourceAddress)
    case notRecorded(ResourceAddress)
}

extension EngineError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownKind(let address): "\(address) is of a kind that this version does not know"
        case .notDesired(let address): "\(address) is not in the manifests"
        case .notRecorded(let address): "\(address) is not recorded"
        }
    }
}
