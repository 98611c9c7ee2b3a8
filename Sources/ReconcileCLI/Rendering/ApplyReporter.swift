import AttributeTree
package import Planning
package import Reconciliation
import StateModel
import Synchronization

/// Shows an apply while it goes on, in the form that suits whoever watches.
package final class ApplyReporter: Sendable {
    package enum Form: Sendable {
        /// One JSON object a line, on standard output.
        case json
        /// One line an event, on standard output.
        case lines
        /// A table that is drawn again in place, on standard output.
        case live
    }

    private enum Display {
        case json
        case lines(EventLog)
        case live(LiveTracker)
    }

    private let display: Mutex<Display>
    private let region = LiveRegion(on: .output)

    package init(_ form: Form, plan: Plan, style: Style, start: Double) {
        let display: Display =
            switch form {
            case .json: .json
            case .lines: .lines(EventLog(style: style, start: start))
            case .live: .live(LiveTracker(plan: plan, style: style, start: start))
            }
        self.display = Mutex(display)
    }

    package func handle(_ event: ApplyEvent) {
        display.withLock { display in
            switch display {
            case .json:
                Console.line(event.json.jsonText())
            case .lines(var log):
                if let line = log.line(for: event) { Console.line(line) }
                display = .lines(log)
            case .live(var tracker):
                let lasting = tracker.handle(event)
                display = .live(tracker)
                draw(tracker, lasting: lasting, at: event.time)
            }
        }
    }

    /// Brings the waiting times up to date. Call it about once a second.
    package func tick(at time: Double) {
        display.withLock { display in
            if case .live(let tracker) = display { draw(tracker, lasting: [], at: time) }
        }
    }

    private func draw(_ tracker: LiveTracker, lasting: [String], at time: Double) {
        let width = Console.size(of: .output)?.columns ?? 100
        region.draw(tracker.lines(at: time, width: width), lasting: lasting)
    }
}
