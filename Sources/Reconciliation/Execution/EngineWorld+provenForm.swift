import AttributeTree
import ResourceModel
import StateModel

extension EngineWorld {
    /// What a rollback of a resource that is final now can go back to: its attributes, with the revisions it refers to by
    /// their identifiers. `nil` for a resource of a kind that refers to no revisions.
    func provenForm(of resource: RecordedResource, in state: RecordedState) -> AttributeValue? {
        guard let schema = catalog[resource.address.kind]?.schema.spec else { return nil }
        let revisioned = ValueType.object(schema).referredKinds.filter { catalog[$0]?.isRevisioned ?? false }
        guard !revisioned.isEmpty else { return nil }
        let resolver = ReferenceResolver(lookups: [:]) { address in
            revisioned.contains(address.kind) ? state.resources[address]?.identity : nil
        }
        return resolver.resolveKnown(resource.attributes, by: schema)
    }
}
