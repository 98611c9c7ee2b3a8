package import ResourceModel

/// Decides when one kind is asked how far its resources are: everything that is waited for, in one request.
///
/// A pure value; the shell asks and sleeps. There is never more than one request in flight. As long as nothing moves the
/// intervals grow, to three times the kind's own; news makes them short again. A resource that begins to be waited for
/// is asked about at once, or an interval after the last answer.
package struct Poller: Sendable {
    package enum Action: Sendable, Equatable {
        case nothing
        case ask
        /// Call ``woke(_:)`` with the number at that moment.
        case sleep(until: Duration, number: Int)
    }

    private enum State: Sendable, Equatable {
        case idle
        /// Later sleeps make earlier ones void.
        case sleeping(number: Int, until: Duration)
        case asking
    }

    /// Failed requests in a row after which no answer is expected any more.
    package static let toleratedFailures = 5

    private let interval: Duration
    private var state = State.idle
    private var sleeps = 0
    private var quietRounds = 0
    private var failures = 0
    private var lastAnswer: Duration?
    package private(set) var watched: Set<ResourceAddress> = []

    package init(interval: Duration) {
        self.interval = interval
    }

    package mutating func watch(_ address: ResourceAddress, at now: Duration) -> Action {
        watched.insert(address)
        let due = lastAnswer.map { $0 + interval } ?? now
        switch state {
        case .idle:
            // The failures of an earlier wait say nothing of this one.
            failures = 0
            return due <= now ? ask() : sleep(until: due)
        case .sleeping(_, let until): return due < until ? (due <= now ? ask() : sleep(until: due)) : .nothing
        case .asking: return .nothing
        }
    }

    package mutating func forget(_ address: ResourceAddress) {
        watched.remove(address)
    }

    package mutating func woke(_ number: Int) -> Action {
        guard case .sleeping(number, _) = state else { return .nothing }
        return ask()
    }

    /// - Parameters:
    ///   - news: Whether anything has moved since the last answer.
    ///   - deadline: The first moment at which something has been waited for too long.
    package mutating func answered(news: Bool, at now: Duration, deadline: Duration?) -> Action {
        failures = 0
        quietRounds = news ? 0 : quietRounds + 1
        return pause(at: now, deadline: deadline)
    }

    /// The request has failed. ``isExhausted`` then says whether there is a point in asking again.
    package mutating func failed(at now: Duration, deadline: Duration?) -> Action {
        failures += 1
        quietRounds += 1
        guard !isExhausted else {
            (state, lastAnswer) = (.idle, now)
            return .nothing
        }
        return pause(at: now, deadline: deadline)
    }

    package var isExhausted: Bool { failures >= Self.toleratedFailures }

    private mutating func pause(at now: Duration, deadline: Duration?) -> Action {
        lastAnswer = now
        state = .idle
        guard !watched.isEmpty else { return .nothing }
        let due = now + interval + interval * min(quietRounds, 8) / 4
        return sleep(until: min(due, max(deadline ?? due, now)))
    }

    private mutating func ask() -> Action {
        guard !watched.isEmpty else {
            state = .idle
            return .nothing
        }
        state = .asking
        return .ask
    }

    private mutating func sleep(until due: Duration) -> Action {
        sleeps += 1
        state = .sleeping(number: sleeps, until: due)
        return .sleep(until: due, number: sleeps)
    }
}
