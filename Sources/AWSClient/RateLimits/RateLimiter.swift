import Synchronization

/// Holds calls back so that they keep to the rates of AWS: the buckets of one account in one region.
package final class RateLimiter: Sendable {
    private let time: any TimeSource
    private let buckets = Mutex<[RateRule: TokenBucket]>([:])

    package init(time: any TimeSource) {
        self.time = time
    }

    /// Returns when the call may start. Throws when the task is cancelled while it waits.
    package func wait(for rule: RateRule) async throws {
        let delay = change(rule) { $0.take(at: $1) }
        guard delay > .zero else { return }
        do {
            try await time.sleep(for: delay)
        } catch {
            change(rule) { bucket, _ in bucket.giveBack() }
            throw error
        }
    }

    /// Tells the bucket how a call went.
    package func record(throttled: Bool, _ rule: RateRule) {
        change(rule) { throttled ? $0.recordThrottling(at: $1) : $0.recordSuccess(at: $1) }
    }

    @discardableResult
    private func change<Result: Sendable>(
        _ rule: RateRule, _ body: (inout TokenBucket, Duration) -> Result
    ) -> Result {
        let now = time.uptime
        return buckets.withLock { buckets in
            var bucket =
                buckets[rule] ?? TokenBucket(capacity: rule.burst, perSecond: rule.perSecond, at: now)
            defer { buckets[rule] = bucket }
            return body(&bucket, now)
        }
    }
}
