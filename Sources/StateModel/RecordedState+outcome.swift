import AttributeTree
package import ResourceModel

// What the success of an intent makes of the state. Used when the call is answered, and by the next start when no answer
// was recorded: both must come to the same state.
extension RecordedState {
    /// The creation or change an intent announced has happened, and the resource has this identity.
    ///
    /// An identity that the resource had before, and that still exists, is not forgotten: it is retired, newest first.
    ///
    /// - Parameter started: What the call has set going; not known when no answer came.
    package func event(
        completing intent: Intent, identity: ResourceIdentity, started: [String: String] = [:]
    ) -> StateEvent {
        let previous = resources[intent.address]
        var retired = previous?.retired ?? []
        retired.removeAll { $0.identity.id == identity.id }
        if let previous, previous.identity.id != identity.id, let reason = intent.outcome?.retiring {
            retired.insert(
                RetiredIdentity(identity: previous.identity, cloudName: previous.cloudName, reason: reason), at: 0)
        }
        let resource = RecordedResource(
            address: intent.address, identity: identity, cloudName: intent.cloudName,
            attributes: intent.outcome?.attributes ?? previous?.attributes ?? .map([:]),
            dependencies: intent.outcome?.dependencies ?? previous?.dependencies ?? [],
            phase: .created, protect: intent.outcome?.protect ?? previous?.protect ?? false, retired: retired,
            started: (previous?.started ?? [:]).merging(started) { _, last in last }, proven: previous?.proven ?? [])
        return .recorded(resource, completing: intent.id)
    }

    /// What an intent was to delete is gone.
    ///
    /// When other identities of the resource are still to be deleted, the newest of them takes its place: a record goes
    /// only when nothing of the resource is left.
    package func event(completingDeletion intent: Intent) -> StateEvent {
        guard var resource = resources[intent.address] else {
            return .removed(intent.address, completing: intent.id)
        }
        resource.retired.removeAll { $0.identity.id == intent.identity?.id }
        guard resource.identity.id == intent.identity?.id else {
            return .recorded(resource, completing: intent.id)
        }
        guard !resource.retired.isEmpty else { return .removed(intent.address, completing: intent.id) }
        let next = resource.retired.removeFirst()
        resource.identity = next.identity
        resource.cloudName = next.cloudName
        resource.phase = .created
        return .recorded(resource, completing: intent.id)
    }
}
