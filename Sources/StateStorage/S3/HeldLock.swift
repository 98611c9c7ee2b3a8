import AWSClient
import Reconciliation

/// What a process knows that has the lock.
struct HeldLock: Sendable {
    /// The snapshot that is there; without a tag there is none.
    struct Snapshot: Sendable {
        var tag: String?
        var position = 0
    }

    /// As it was written last.
    var object: LockObject
    var tag: String
    var lease: Lease
    var log: StateLog
    /// `nil` when it is not known any more.
    var snapshot: Snapshot?
    /// Why nothing more is written.
    var failure: StateStoreError?

    /// The first failure stays.
    mutating func fail(with error: StateStoreError) { failure = failure ?? error }

    var isLost: Bool { if case .lockLost = failure { true } else { false } }
}
