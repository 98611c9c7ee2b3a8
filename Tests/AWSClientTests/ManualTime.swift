import AWSClient
import SigV4
import Synchronization

/// Time that passes only by being slept through, at once.
final class ManualTime: TimeSource {
    private let slept = Mutex<[Duration]>([])
    private let beginning: SigningTime

    init(at beginning: SigningTime = SigningTime(secondsSince1970: 1_440_938_160)) {
        self.beginning = beginning
    }

    /// Every sleep, in order.
    var sleeps: [Duration] { slept.withLock { $0 } }

    var uptime: Duration { sleeps.reduce(.zero, +) }

    var wallClock: SigningTime {
        SigningTime(secondsSince1970: beginning.secondsSince1970 + Int(uptime / .seconds(1)))
    }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        slept.withLock { $0.append(duration) }
    }
}
