package import Reconciliation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What Ctrl-C does: once it stops the apply in good order, twice it ends the process. While a question is open nothing
/// has been begun, and the first one ends the process.
package final class InterruptionWatch: Sendable {
    private enum State {
        case asking
        case working
        case stopping
    }

    package let interruption = Interruption()
    private let state = Mutex(State.working)
    private let signals = Mutex<SignalWatcher?>(nil)

    package init() {
        signals.withLock { $0 = SignalWatcher { [weak self] in self?.interrupt() } }
    }

    /// Asks a question that blocks the thread.
    package func whileAsking<Answer>(_ question: () -> Answer) -> Answer {
        state.withLock { $0 = .asking }
        defer { state.withLock { $0 = .working } }
        return question()
    }

    package func stop() {
        signals.withLock { $0?.stop() }
    }

    private func interrupt() {
        let before = state.withLock { state in
            defer { if state == .working { state = .stopping } }
            return state
        }
        switch before {
        case .working:
            Console.line(
                "\nstopping: nothing more is started, what is in flight is waited for and recorded; "
                    + "once more leaves at once", to: .error)
            interruption.request()
        case .asking, .stopping:
            Console.line("", to: .error)
            // The lock goes with the process, and the journal has what is in flight.
            _exit(ExitStatus.interrupted.rawValue)
        }
    }
}
