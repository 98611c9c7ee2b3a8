import Synchronization

/// The user's wish to stop: nothing more is started, what is in flight ends and is recorded.
///
/// One apply waits on it; anybody may ask, any number of times.
package final class Interruption: Sendable {
    private let requests: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let wasRequested = Atomic(false)

    package init() {
        (requests, continuation) = AsyncStream.makeStream()
    }

    package var isRequested: Bool { wasRequested.load(ordering: .acquiring) }

    package func request() {
        wasRequested.store(true, ordering: .releasing)
        continuation.finish()
    }

    /// Returns when it is requested, or when this task is cancelled.
    func wait() async {
        for await _ in requests {}
    }
}
