import Dispatch
import Synchronization
import TestBackends

/// A program that is killed at a moment of its calls.
final class Victim: Sendable {
    private struct State: Sendable {
        var running: Program.Running?
        var lastCall: String?
    }

    private let number: Int
    private let moment: CallGate.Moment
    private let hasBegun = DispatchSemaphore(value: 0)
    private let state = Mutex(State())

    /// - Parameter number: of the call, among those that change something.
    init(at number: Int, _ moment: CallGate.Moment) {
        self.number = number
        self.moment = moment
    }

    /// The call at which it was killed.
    var lastCall: String? { state.withLock { $0.lastCall } }

    /// It says something before it calls.
    func began(_ running: Program.Running) {
        let isFirst = state.withLock { state in
            defer { state.running = running }
            return state.running == nil
        }
        if isFirst { hasBegun.signal() }
    }

    /// What a ``CallGate`` shows.
    func goesOn(_ call: CallGate.Call, _ moment: CallGate.Moment) -> Bool {
        guard call.number == number, moment == self.moment else { return true }
        hasBegun.wait()
        state.withLock { state in
            state.lastCall = call.name
            try? state.running?.kill()
        }
        return false
    }
}
