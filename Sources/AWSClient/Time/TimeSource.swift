package import SigV4

/// Time as the client sees it: a parameter, so that tests decide it.
package protocol TimeSource: Sendable {
    /// The wall clock, for signatures.
    var wallClock: SigningTime { get }
    /// What has passed since a moment that stays the same; it never goes back.
    var uptime: Duration { get }
    /// Throws only when the task is cancelled.
    func sleep(for duration: Duration) async throws
}

extension TimeSource {
    /// The wall clock in seconds since 1970.
    package var secondsSince1970: Double { Double(wallClock.secondsSince1970) }
}
