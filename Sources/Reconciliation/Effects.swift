package import Planning

/// What the engine takes from the world beside the cloud and the store: time, chance, and a hash. A parameter, so that
/// a test decides them.
package struct Effects: Sendable {
    /// Time that passed since some fixed moment; never goes back.
    package var elapsed: @Sendable () -> Duration
    package var sleep: @Sendable (_ until: Duration) async throws -> Void
    /// Seconds since 1970.
    package var time: @Sendable () -> Double
    /// At most 36 ASCII characters, never the same twice: a UUID.
    package var makeClientToken: @Sendable () -> String
    /// SHA-256 of a text in UTF-8, in hexadecimal.
    package var hash: TextHash

    package init<C: Clock<Duration>>(
        clock: C, time: @escaping @Sendable () -> Double, makeClientToken: @escaping @Sendable () -> String,
        hash: @escaping TextHash
    ) {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(until: start.advanced(by: $0), tolerance: nil) }
        self.time = time
        self.makeClientToken = makeClientToken
        self.hash = hash
    }
}
