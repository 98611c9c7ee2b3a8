import Reconciliation
import Synchronization

/// What an apply has told, as lines.
final class EventLog: Sendable {
    private let events = Mutex<[ApplyEvent]>([])

    func add(_ event: ApplyEvent) {
        events.withLock { $0.append(event) }
    }

    var all: [ApplyEvent] { events.withLock { $0 } }

    /// Without the rows of the status tracker.
    var steps: [String] {
        all.compactMap { event in
            if case .status = event.content { nil } else { event.content.line }
        }
    }
}
