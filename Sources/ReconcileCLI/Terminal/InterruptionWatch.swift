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
    private let stopping: String
    private let announce: @Sendable (String) -> Void

    /// - Parameters:
    ///   - stopping: What is said when it is asked for once.
    ///   - announce: tells the user what is happening, beside whatever is shown.
    package init(
        stopping: String =
            "stopping: nothing more is started, what is in flight ends and is recorded; once more leaves at once",
        announce: @escaping @Sendable (String) -> Void
    ) {
        self.stopping = stopping
        self.announce = announce
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
            announce(stopping)
            interruption.request()
        case .asking:
            Console.line("\ninterrupted; nothing was done", to: .error)
            _exit(ExitStatus.interrupted.rawValue)
        case .stopping:
            announce("left at once; the next apply finds out what became of what was in flight")
            // The lock goes with the process, and the journal has what is in flight.
            _exit(ExitStatus.interrupted.rawValue)
        }
    }
}
