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
        case live(LiveTracker, LiveRegion)
    }

    private let display: Mutex<Display>

    package init(_ form: Form, plan: Plan, style: Style, start: Double) {
        let display: Display =
            switch form {
            case .json: .json
            case .lines: .lines(EventLog(style: style, start: start))
            case .live: .live(LiveTracker(plan: plan, style: style, start: start), LiveRegion())
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
            case .live(var tracker, var region):
                let lasting = tracker.handle(event)
                Self.draw(tracker, in: &region, lasting: lasting, at: event.time)
                display = .live(tracker, region)
            }
        }
    }

    /// Brings the waiting times up to date. Call it about once a second.
    package func tick(at time: Double) {
        display.withLock { display in
            guard case .live(let tracker, var region) = display else { return }
            Self.draw(tracker, in: &region, at: time)
            display = .live(tracker, region)
        }
    }

    /// Says something to who watches, beside the events.
    package func announce(_ text: String, at time: Double) {
        display.withLock { display in
            switch display {
            case .json, .lines:
                Console.line(text, to: .error)
            case .live(let tracker, var region):
                Self.draw(tracker, in: &region, lasting: [text], at: time)
                display = .live(tracker, region)
            }
        }
    }

    private static func draw(
        _ tracker: LiveTracker, in region: inout LiveRegion, lasting: [String] = [], at time: Double
    ) {
        let (columns, rows) = Console.size(of: .output) ?? (80, 24)
        let lasting = lasting.flatMap { $0.wrapped(to: columns).split(separator: "\n").map(String.init) }
        Console.write(
            region.draw(tracker.lines(at: time, width: columns), lasting: lasting, columns: columns, rows: rows))
    }
}
