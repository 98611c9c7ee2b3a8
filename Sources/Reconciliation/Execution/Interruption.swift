import Synchronization

/// The wish to stop, which the user has, or which the loss of the lock on the state leaves: nothing more is started, and
/// what is in flight ends.
///
/// Anybody may ask, any number of times; a wish that was made stays.
package final class Interruption: Sendable {
    package enum Cause: Sendable {
        case user
        case lockLost(StateStoreError)
    }

    private struct State: Sendable {
        var cause: Cause?
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextID = 0
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())

    package init() {}

    package var isRequested: Bool { cause != nil }

    /// The gravest of all that was asked for.
    package var cause: Cause? { state.withLock { $0.cause } }

    package func request(_ cause: Cause = .user) {
        let waiting = state.withLock { state in
            if case .lockLost? = state.cause {} else { state.cause = cause }
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when it is requested, or when this task is cancelled: ``cause`` tells which.
    package func wait() async {
        let id = state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if state.cause != nil || state.cancelled.remove(id) != nil { return true }
                    state.waiting[id] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                let continuation = state.waiting.removeValue(forKey: id)
                if continuation == nil { state.cancelled.insert(id) }
                return continuation
            }
            continuation?.resume()
        }
    }
}
