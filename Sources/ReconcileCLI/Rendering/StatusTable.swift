import AttributeTree
package import Reconciliation
import ResourceModel

/// The status tracker as a table: a row a resource, what it waits for beside it.
package struct StatusTable: Sendable {
    /// A row, and for how long it has been waited for.
    package struct Line: Sendable {
        package var row: StatusRow
        package var waited: Duration?

        package init(_ row: StatusRow, waited: Duration? = nil) {
            self.row = row
            self.waited = waited
        }
    }

    package var lines: [Line]
    package var style: Style
    /// Longer lines are cut; `nil` for no limit.
    package var width: Int?

    package init(_ lines: [Line], style: Style, width: Int? = nil) {
        self.lines = lines
        self.style = style
        self.width = width
    }

    /// The lines, the titles first.
    package func rendered() -> [String] {
        let names = ["RESOURCE"] + lines.map(\.row.address.description)
        let states = ["STATE"] + lines.map(\.row.state)
        let nameWidth = names.map(\.count).max() ?? 0
        let stateWidth = states.map(\.count).max() ?? 0
        let title = style("  \(names[0].padded(to: nameWidth))  \(states[0])", .faint)
        return [title]
            + lines.map { line in
                let name = line.row.address.description.padded(to: nameWidth)
                let state = line.row.state.padded(to: stateWidth)
                var note = line.note
                if let width { note = note.cut(to: max(0, width - nameWidth - stateWidth - 8)) }
                return "\(line.symbol(style)) \(name)  \(style(state, line.ink))  \(style(note, .faint))"
                    .trimmingTrailingBlanks()
            }
    }
}

extension StatusTable.Line {
    /// What it is waiting for and for how long, or why it failed, or the URL it answers at.
    fileprivate var note: String {
        if let failure = row.failure { return failure.message }
        guard let waitingFor = row.waitingFor else { return row.detail["url"]?.stringValue ?? "" }
        return waited.map { "\(waitingFor) (\($0.formattedBriefly))" } ?? waitingFor
    }

    fileprivate var ink: Style.Ink {
        switch row.phase {
        case .final: .green
        case .failed: .red
        case .none: .faint
        case .created, .configured: .yellow
        }
    }

    fileprivate func symbol(_ style: Style) -> String {
        switch row.phase {
        case .final: style("✓", .green)
        case .failed: style("✗", .red)
        case .none: style("·", .faint)
        case .created, .configured: style("…", .yellow)
        }
    }
}

extension String {
    package func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }

    package func cut(to width: Int) -> String {
        count <= width ? self : width < 1 ? "" : String(prefix(width - 1)) + "…"
    }

    fileprivate func trimmingTrailingBlanks() -> String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
