package import AttributeTree
package import ResourceModel
package import StateModel
import Synchronization

/// What is recorded, in the store and in memory: the one place that writes it.
///
/// Whatever ``current`` says has been stored. Each event is made from the state that the one before has left. While some are
/// being stored, others wait, and are stored together next: all of them or none. A method returns when its own are. The
/// caller holds the lock of the store.
package final class StateJournal: Sendable {
    /// After so many the others are left to the next: what is written at once stays small.
    private static let eventsAtOnce = 256

    private let store: any StateStore
    private let ledger: Mutex<Ledger>
    private let turnstile = Turnstile()

    package init(_ recorded: RecordedState, in store: any StateStore) {
        self.store = store
        ledger = Mutex(Ledger(recorded))
    }

    package var current: RecordedState { ledger.withLock { $0.stored } }

    package func resource(at address: ResourceAddress) -> RecordedResource? {
        ledger.withLock { $0.stored.resources[address] }
    }

    package func record(_ event: StateEvent) async throws {
        try await record { _ in event }
    }

    package func record(_ events: [StateEvent]) async throws {
        for start in stride(from: 0, to: events.count, by: Self.eventsAtOnce) {
            let some = Array(events[start..<min(start + Self.eventsAtOnce, events.count)])
            try await record { _ in some }
        }
    }

    /// Writes down what is about to be asked of the cloud. `makeIntent` gets its number.
    package func begin(_ makeIntent: @escaping @Sendable (Int) -> Intent) async throws -> Intent {
        let event = try await record { .began(makeIntent($0.nextIntentID)) }
        guard case .began(let intent)? = event else { preconditionFailure("what is recorded is what was made") }
        return intent
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
        _ address: ResourceAddress,
        provenForm: @escaping @Sendable (RecordedResource, RecordedState) -> AttributeValue?
    ) async throws {
        try await record { state in
            guard let recorded = state.resources[address] else { return nil }
            var resource = recorded
            resource.becomeFinal(as: provenForm(recorded, state))
            return resource == recorded ? nil : .recorded(resource, completing: nil)
        }
    }

    @discardableResult
    private func record(
        _ makeEvent: @escaping @Sendable (RecordedState) -> StateEvent?
    ) async throws -> StateEvent? {
        try await record { state in makeEvent(state).map { [$0] } ?? [] }.first
    }

    @discardableResult
    private func record(
        _ makeEvents: @escaping @Sendable (RecordedState) -> [StateEvent]
    ) async throws -> [StateEvent] {
        let ticket = ledger.withLock { $0.wait(makeEvents) }
        return try await turnstile.pass {
            while true {
                if let outcome = ledger.withLock({ $0.outcomes.removeValue(forKey: ticket) }) {
                    return try outcome.get()
                }
                await storeWaiting()
            }
        }
    }

    /// Stores what waits. Whoever comes through the turnstile with an event that is not stored yet does it for all.
    private func storeWaiting() async {
        let batch = ledger.withLock { $0.takeWaiting(until: Self.eventsAtOnce) }
        do {
            let events = batch.flatMap(\.events)
            if !events.isEmpty { try await store.record(events) }
            ledger.withLock { $0.succeeded(batch) }
        } catch {
            ledger.withLock { $0.failed(batch, error) }
        }
    }
}

/// What is stored, what is about to be, and what waits for it. Whoever waits has a ticket.
private struct Ledger: Sendable {
    struct Waiting: Sendable {
        var ticket: Int
        var makeEvents: @Sendable (RecordedState) -> [StateEvent]
    }

    struct Made: Sendable {
        var ticket: Int
        var events: [StateEvent]
    }

    private(set) var stored: RecordedState
    /// With what is being stored: the same as ``stored`` when nothing is.
    private var ahead: RecordedState
    private var waiting = Queue<Waiting>()
    private var lastTicket = 0
    var outcomes: [Int: Result<[StateEvent], any Error>] = [:]

    init(_ stored: RecordedState) {
        self.stored = stored
        ahead = stored
    }

    mutating func wait(_ makeEvents: @escaping @Sendable (RecordedState) -> [StateEvent]) -> Int {
        lastTicket += 1
        waiting.append(Waiting(ticket: lastTicket, makeEvents: makeEvents))
        return lastTicket
    }

    /// Makes the events of those that wait, until there are so many.
    mutating func takeWaiting(until limit: Int) -> [Made] {
        var batch: [Made] = []
        var count = 0
        while count < limit, let next = waiting.popFirst() {
            let events = next.makeEvents(ahead)
            for event in events { ahead.apply(event) }
            count += events.count
            batch.append(Made(ticket: next.ticket, events: events))
        }
        return batch
    }

    mutating func succeeded(_ batch: [Made]) {
        for made in batch {
            for event in made.events { stored.apply(event) }
            outcomes[made.ticket] = .success(made.events)
        }
    }

    /// What comes next is made from what is stored, as if these had never been.
    mutating func failed(_ batch: [Made], _ error: any Error) {
        ahead = stored
        for made in batch { outcomes[made.ticket] = .failure(error) }
    }
}
