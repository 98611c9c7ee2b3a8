import Dispatch

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Calls back when the user or the system asks the program to stop: Ctrl-C, `kill`, a closed terminal.
///
/// Watches from its creation until ``stop()``. The handler runs on a queue of its own, once for each signal.
package final class SignalWatcher: Sendable {
    // DispatchSource is thread-safe and is not changed after `init`.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    package init(handler: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "reconcile.signals")
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)  // or the default action ends the process before the source is told
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            // Signals that come in quick succession are one event.
            source.setEventHandler { for _ in 0..<source.data { handler() } }
            source.activate()
            return source
        }
    }

    package func stop() {
        sources.forEach { $0.cancel() }
    }
}
