import AttributeTree
import ResourceModel
import StateModel

extension EngineWorld {
    /// What a rollback of a resource that is final now can go back to; `nil` for one of a kind that cannot be rolled back.
    func provenForm(of resource: RecordedResource, in state: RecordedState) -> AttributeValue? {
        catalog[resource.address.kind]?.provenForm(of: resource.attributes, in: catalog) {
            state.resources[$0]?.identity
        }
    }
}
