import AttributeTree
import ResourceModel
import StateModel

/// All that is known of one resource: what the manifests, the state and the cloud say.
///
/// A class, so that a decision can be copied without retaining everything in it: a plan over 10,000 resources takes half
/// the time.
final class Subject: Sendable {
    let address: ResourceAddress
    let definition: KindDefinition
    let desired: DesiredResource?
    let recorded: RecordedResource?
    let observed: ObservedResource?

    init(
        address: ResourceAddress, definition: KindDefinition, desired: DesiredResource?,
        recorded: RecordedResource?, observed: ObservedResource?
    ) {
        self.address = address
        self.definition = definition
        self.desired = desired
        self.recorded = recorded
        self.observed = observed
    }

    /// What an address stands for in the cloud, before asking what is wanted of it.
    enum Standing: Sendable {
        /// Nothing is recorded and nothing exists.
        case absent
        /// It is recorded and exists.
        case ours(RecordedResource, ObservedResource)
        /// It is recorded and no longer exists.
        case disappeared(RecordedResource)
        /// It exists with our tags, and is not recorded or recorded with another identity.
        case unrecorded(ObservedResource)
        /// It exists and is not ours: its tags say whose it is, or say nothing.
        case foreign(ObservedResource)
    }

    func standing(for owner: Owner) -> Standing {
        switch (recorded, observed) {
        case (nil, nil): return .absent
        case (let recorded?, nil): return .disappeared(recorded)
        case (nil, let observed?):
            return observed.owner == Ownership(owner: owner, address: address)
                ? .unrecorded(observed) : .foreign(observed)
        case (let recorded?, let observed?):
            let isRecorded = recorded.identity.id == observed.identity.id
            if let tagged = observed.owner {
                guard tagged == Ownership(owner: owner, address: address) else { return .foreign(observed) }
                return isRecorded ? .ours(recorded, observed) : .unrecorded(observed)
            }
            return isRecorded ? .ours(recorded, observed) : .foreign(observed)
        }
    }
}
