import Synchronization

/// What has happened since the balancer began.
package struct TrafficCounts: Sendable, Hashable {
    /// Requests whose head could be read.
    package var requests = 0
    /// Answers that came from the balancer itself, by status; 460 counts the clients that did not wait for theirs.
    package var ownAnswers: [Int: Int] = [:]
    /// Requests that were sent again, because the connection they were sent on had been closed meanwhile.
    package var retries = 0
}

/// Counts from all event loops.
final class TrafficCounters: Sendable {
    /// What the log of a balancer calls a client that went away before the answer came.
    static let clientClosed = 460

    private let requests = Atomic(0)
    private let rest = Mutex(TrafficCounts())

    var counts: TrafficCounts {
        var counts = rest.withLock { $0 }
        counts.requests = requests.load(ordering: .relaxed)
        return counts
    }

    func countRequest() {
        requests.wrappingAdd(1, ordering: .relaxed)
    }

    func countRetry() {
        rest.withLock { $0.retries += 1 }
    }

    func countOwnAnswer(_ status: Int) {
        rest.withLock { $0.ownAnswers[status, default: 0] += 1 }
    }
}
