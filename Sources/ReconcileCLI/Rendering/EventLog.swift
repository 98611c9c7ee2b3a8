import Planning
package import Reconciliation
import ResourceModel

/// An apply as plain lines, one for each thing that happened: for CI, files and pipes.
package struct EventLog: Sendable {
    private let style: Style
    private let start: Double
    private var shown: [ResourceAddress: String] = [:]
    private var summaries: [Step.ID: String] = [:]

    /// - Parameter start: the time of the first event, from which the lines count.
    package init(style: Style, start: Double) {
        self.style = style
        self.start = start
    }

    /// The line for an event; `nil` for one that says nothing that was not said before.
    package mutating func line(for event: ApplyEvent) -> String? {
        guard let text = text(for: event.content) else { return nil }
        let elapsed = Duration.seconds(max(0, (event.time - start).rounded(.down)))
        return "\(style(elapsed.formattedBriefly.leftPadded(to: 7), .faint))  \(text)"
    }

    private mutating func text(for content: ApplyEvent.Content) -> String? {
        switch content {
        case .resolved(let address, let message):
            return "\(address): \(message)"
        case .started(let id, let summary):
            summaries[id] = summary
            return summary
        case .succeeded(let id):
            return "\(summaries[id] ?? id.description): \(style("done", .green))"
        case .failed(let id, let failure):
            return "\(summaries[id] ?? id.description): \(style("failed", .red)): \(failure.message.onOneLine)"
        case .blocked(let id, let causes):
            return "\(id): not started, because of: \(causes.map(\.description).joined(separator: ", "))"
        case .cancelled(let id):
            return "\(id): not started, because of the interruption"
        case .status(let row):
            return text(for: row)
        case .unsettled(let address, let failure):
            let text = "\(address): \(style("failed", .red)): \(failure.message.onOneLine)"
            return shown.updateValue(text, forKey: address) == text ? nil : text
        case .explained, .finished:
            return nil
        }
    }

    private mutating func text(for row: StatusRow) -> String? {
        var text = "\(row.address): \(row.state)"
        if let failure = row.failure {
            text = "\(row.address): \(style("failed", .red)): \(failure.message.onOneLine)"
        } else if let waitingFor = row.waitingFor {
            text += ", waiting for \(waitingFor)"
        }
        guard shown.updateValue(text, forKey: row.address) != text else { return nil }
        return text
    }
}
