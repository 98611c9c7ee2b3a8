/// How many calls of one kind may start: AWS's own measure, kept on our side so that AWS need not say no.
///
/// A pure value: time is a parameter, a duration since any fixed moment. Callers may take what is not there yet and are
/// told how long to wait for it, so they go in the order in which they asked.
package struct TokenBucket: Sendable, Hashable {
    package let capacity: Double
    /// Tokens a second, as published.
    package let publishedRate: Double
    /// Tokens a second, lower for a while after the service has throttled.
    package private(set) var rate: Double
    private var tokens: Double
    private var updated: Duration

    package init(capacity: Int, perSecond: Double, at now: Duration) {
        self.capacity = Double(capacity)
        publishedRate = perSecond
        rate = perSecond
        tokens = Double(capacity)
        updated = now
    }

    /// Takes a token, and says how long to wait before it may be used.
    package mutating func take(at now: Duration) -> Duration {
        refill(at: now)
        tokens -= 1
        return tokens >= 0 ? .zero : .seconds(-tokens / rate)
    }

    /// Gives back a token that was taken and not used.
    package mutating func giveBack() {
        tokens = min(capacity, tokens + 1)
    }

    /// Somebody else draws on the same account: be content with half, and with nothing in reserve.
    package mutating func recordThrottling(at now: Duration) {
        refill(at: now)
        tokens = min(tokens, 0)
        rate = max(rate / 2, publishedRate / 16)
    }

    /// Every success takes the rate a little further back to what is published.
    package mutating func recordSuccess(at now: Duration) {
        guard rate < publishedRate else { return }
        refill(at: now)
        rate = min(publishedRate, rate + publishedRate / 20)
    }

    private mutating func refill(at now: Duration) {
        guard now > updated else { return }
        tokens = min(capacity, tokens + (now - updated) / .seconds(1) * rate)
        updated = now
    }
}
