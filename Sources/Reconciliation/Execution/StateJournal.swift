package import AttributeTree
package import ResourceModel
package import StateModel
import Synchronization

/// What is recorded, in the store and in memory: the one place that writes it.
///
/// Whatever ``current`` says has been stored. Events are stored one after the other, each made from the state that the
/// one before has left. The caller holds the lock of the store.
package final class StateJournal: Sendable {
    private let store: any StateStore
    private let state: Mutex<RecordedState>
    private let turnstile = Turnstile()

    package init(_ recorded: RecordedState, in store: any StateStore) {
        self.store = store
        state = Mutex(recorded)
    }

    package var current: RecordedState { state.withLock { $0 } }

    package func resource(at address: ResourceAddress) -> RecordedResource? {
        state.withLock { $0.resources[address] }
    }

    package func record(_ event: StateEvent) async throws {
        try await record { _ in event }
    }

    /// Writes down what is about to be asked of the cloud. `makeIntent` gets its number.
    package func begin(_ makeIntent: @Sendable (Int) -> Intent) async throws -> Intent {
        try await turnstile.pass {
            let intent = makeIntent(state.withLock { $0.nextIntentID })
            try await store(.began(intent))
            return intent
        }
    }

    package func complete(_ intent: Intent, _ result: ChangeResult) async throws {
        try await record { $0.event(completing: intent, identity: result.identity, started: result.started) }
    }

    /// Returns whether the resource itself is gone, and not only an identity it had before.
    package func completeDeletion(_ intent: Intent) async throws -> Bool {
        let event = try await record { $0.event(completingDeletion: intent) }
        guard case .removed = event else { return false }
        return true
    }

    /// - Parameter provenForm: What a rollback can go back to; `nil` for a resource that has nothing to roll back.
    package func recordFinal(
        _ address: ResourceAddress, provenForm: @Sendable (RecordedResource, RecordedState) -> AttributeValue?
    ) async throws {
        try await record { state in
            guard let recorded = state.resources[address] else { return nil }
            var resource = recorded
            resource.becomeFinal(as: provenForm(recorded, state))
            return resource == recorded ? nil : .recorded(resource, completing: nil)
        }
    }

    @discardableResult
    private func record(_ makeEvent: @Sendable (RecordedState) -> StateEvent?) async throws -> StateEvent? {
        try await turnstile.pass {
            guard let event = state.withLock({ makeEvent($0) }) else { return nil }
            try await store(event)
            return event
        }
    }

    private func store(_ event: StateEvent) async throws {
        try await store.record(event)
        state.withLock { $0.apply(event) }
    }
}
