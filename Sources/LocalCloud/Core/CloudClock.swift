import Synchronization

/// The cloud's own time, which can run faster than the machine's, stand still, and be moved on.
///
/// Health checks, deployments and delays go by it. Signatures do not: whoever signs reads another clock.
/// Who sleeps is woken when the time has come, however it came.
package final class CloudClock: Clock, Sendable {
    package struct Instant: InstantProtocol, Sendable, Hashable {
        package var since1970: Duration

        package init(since1970: Duration) { self.since1970 = since1970 }

        package func advanced(by duration: Duration) -> Instant { Instant(since1970: since1970 + duration) }
        package func duration(to other: Instant) -> Duration { other.since1970 - since1970 }
        package static func < (left: Instant, right: Instant) -> Bool { left.since1970 < right.since1970 }
    }

    private struct State {
        /// What the base clock had counted, and what time it was here, when the rate was last set.
        var anchor: (elapsed: Duration, time: Duration)
        var rate: Double
        var sleepers: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextSleeper = 0

        func time(after elapsed: Duration) -> Duration { anchor.time + (elapsed - anchor.elapsed) * rate }
    }

    private let state: Mutex<State>
    /// How long the base clock has run since this one was made.
    private let elapsed: @Sendable () -> Duration
    private let wait: @Sendable (Duration) async throws -> Void

    /// - Parameters:
    ///   - start: what time it is here.
    ///   - rate: seconds here in a second of `base`: 1 for real time, 0 to stand still.
    package init<Base: Clock>(
        start: Moment, rate: Double = 1, following base: Base = ContinuousClock()
    ) where Base.Duration == Duration {
        precondition(rate >= 0, "time does not run backwards")
        let origin = base.now
        elapsed = { origin.duration(to: base.now) }
        wait = { try await base.sleep(until: base.now.advanced(by: $0), tolerance: nil) }
        state = Mutex(State(anchor: (.zero, .seconds(start.secondsSince1970)), rate: rate))
    }

    package var now: Instant {
        state.withLock { Instant(since1970: $0.time(after: elapsed())) }
    }

    package var moment: Moment { Moment(now) }
    package var minimumResolution: Duration { .zero }
    package var rate: Double { state.withLock { $0.rate } }

    /// From now on, so many seconds pass here in a real one.
    package func setRate(_ rate: Double) {
        precondition(rate >= 0, "time does not run backwards")
        adjust { $0.rate = rate }
    }

    /// Moves on at once.
    package func step(by duration: Duration) {
        precondition(duration >= .zero, "time does not run backwards")
        adjust { $0.anchor.time += duration }
    }

    private func adjust(_ change: (inout State) -> Void) {
        let sleepers = state.withLock { state in
            let elapsed = elapsed()
            state.anchor = (elapsed, state.time(after: elapsed))
            change(&state)
            return Array(state.sleepers.values)
        }
        for sleeper in sleepers { sleeper.yield() }
    }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let (adjustments, id) = register()
        defer { state.withLock { _ = $0.sleepers.removeValue(forKey: id) } }
        while true {
            try Task.checkCancellation()
            let (remaining, rate) = state.withLock {
                (deadline.since1970 - $0.time(after: elapsed()), $0.rate)
            }
            guard remaining > .zero else { return }
            await waitForAdjustment(adjustments, atMost: rate > 0 ? remaining / rate : nil)
        }
    }

    private func register() -> (AsyncStream<Void>, Int) {
        let (adjustments, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            defer { state.nextSleeper += 1 }
            state.sleepers[state.nextSleeper] = continuation
            return state.nextSleeper
        }
        return (adjustments, id)
    }

    /// Returns after that much real time too, and when it is cancelled.
    private func waitForAdjustment(_ adjustments: AsyncStream<Void>, atMost limit: Duration?) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in adjustments { break } }
            if let limit { group.addTask { try? await self.wait(limit) } }
            await group.next()
            group.cancelAll()
        }
    }
}

extension Moment {
    /// Whole seconds stay whole, which they need not when durations are divided.
    package init(_ instant: CloudClock.Instant) {
        let (seconds, attoseconds) = instant.since1970.components
        self.init(Double(seconds) + Double(attoseconds) / 1e18)
    }
}

extension CloudClock.Instant {
    package init(_ moment: Moment) { self.init(since1970: .seconds(moment.secondsSince1970)) }
}
