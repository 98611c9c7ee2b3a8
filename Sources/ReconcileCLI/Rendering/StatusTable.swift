import AttributeTree
package import Reconciliation
import ResourceModel

/// The status tracker as a table: a row a resource, what it waits for beside it.
package struct StatusTable: Sendable {
    /// A row, and for how long it has been waited for.
    package struct Line: Sendable {
        package var row: StatusRow
        package var waited: Duration?
        /// Something is being done to it now.
        package var isBusy: Bool

        package init(_ row: StatusRow, waited: Duration? = nil, isBusy: Bool = false) {
            self.row = row
            self.waited = waited
            self.isBusy = isBusy
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
        let nameWidth = names.map(\.cells).max() ?? 0
        let stateWidth = states.map(\.cells).max() ?? 0
        let room = width.map { max(0, $0 - nameWidth - stateWidth - 6) }
        let title = style("  \(names[0].padded(to: nameWidth))  \(states[0])", .faint)
        return [title]
            + lines.map { line in
                let name = line.row.address.description.padded(to: nameWidth)
                let state = line.row.state.padded(to: stateWidth)
                let note = line.note(in: room)
                guard !note.isEmpty else {
                    return "\(line.symbol(style)) \(name)  \(style(line.row.state, line.ink))".withoutBlanksAtItsEnd
                }
                return "\(line.symbol(style)) \(name)  \(style(state, line.ink))  \(style(note, .faint))"
            }
    }
}

extension StatusTable.Line {
    /// What it is waiting for and for how long, or why it failed, or the URL it answers at. Of a long one the end is left
    /// out, and the time is not.
    fileprivate func note(in room: Int?) -> String {
        let time = row.failure == nil && row.waitingFor != nil ? waited.map { " (\($0.formattedBriefly))" } ?? "" : ""
        let text = (row.failure?.message ?? row.waitingFor ?? row.detail["url"]?.stringValue ?? "").onOneLine
        guard let room else { return text + time }
        guard room > time.cells else { return "" }
        return text.cut(to: room - time.cells) + time
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
        case .none: isBusy ? style("…", .yellow) : style("·", .faint)
        case .created, .configured: style("…", .yellow)
        }
    }
}

extension String {
    fileprivate var withoutBlanksAtItsEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
