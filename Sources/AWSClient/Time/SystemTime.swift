import FoundationEssentials
package import SigV4

/// The clocks of this machine.
package struct SystemTime: TimeSource {
    private let beginning = ContinuousClock.now

    package init() {}

    package var wallClock: SigningTime {
        SigningTime(secondsSince1970: Int(Date.now.timeIntervalSince1970.rounded(.down)))
    }

    package var uptime: Duration { beginning.duration(to: .now) }

    package func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration, clock: .continuous)
    }
}
