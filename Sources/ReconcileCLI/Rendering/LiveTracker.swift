package import Planning
package import Reconciliation
import ResourceModel

/// The status tracker of an apply on a terminal: a row for every resource that the plan touches, drawn again in place.
///
/// A pure value: events go in, lines come out.
package struct LiveTracker: Sendable {
    private let style: Style
    private let start: Double
    /// In the order of the plan, tasks below their service.
    private var addresses: [ResourceAddress]
    private var rows: [ResourceAddress: StatusRow] = [:]
    private var waitingSince: [ResourceAddress: Double] = [:]
    /// The steps under way, and what they do.
    private var running: [ResourceAddress: String] = [:]
    /// How many steps are left of those that delete a resource for good.
    private var deletions: [ResourceAddress: Int] = [:]

    package init(plan: Plan, style: Style, start: Double) {
        self.style = style
        self.start = start
        var seen: Set<ResourceAddress> = []
        addresses = plan.steps.map(\.address).filter { seen.insert($0).inserted }
        let created = Set(plan.changes.filter { $0.action == .create }.map(\.address))
        let deleted = Set(plan.changes.filter { $0.action == .delete }.map(\.address))
        for step in plan.steps {
            if deleted.contains(step.address) { deletions[step.address, default: 0] += 1 }
            guard rows[step.address] == nil else { continue }
            rows[step.address] = StatusRow(
                address: step.address, phase: .none, state: created.contains(step.address) ? "none" : "",
                waitingFor: deleted.contains(step.address) ? "to be deleted" : nil)
        }
    }

    /// Takes an event in; gives back what is to stay on the screen for good.
    package mutating func handle(_ event: ApplyEvent) -> [String] {
        switch event.content {
        case .resolved(let address, let message):
            return ["\(address): \(message)"]
        case .started(let id, let summary):
            running[id.address] = summary
            beginWaiting(id.address, at: event.time)
        case .succeeded(let id):
            running[id.address] = nil
            countDeletion(id.address)
        case .failed(let id, let failure):
            running[id.address] = nil
            fail(id.address, failure)
        case .blocked(let id, let causes):
            leaveOut(id, because: "of: \(causes.map(\.description).joined(separator: ", "))")
        case .cancelled(let id):
            leaveOut(id, because: "of the interruption")
        case .status(let row):
            place(row)
            if row.phase != .final { beginWaiting(row.address, at: event.time) }
        case .unsettled(let address, let failure):
            fail(address, failure)
        case .explained, .finished:
            break
        }
        return []
    }

    /// The lines to draw now, none wider than the terminal.
    package func lines(at time: Double, width: Int) -> [String] {
        let lines = addresses.compactMap { rows[$0] }.map { line(of: $0, at: time) }
        let done = lines.count { $0.row.phase == .final }
        let elapsed = Self.seconds(from: start, to: time).formattedBriefly
        let footer = style("  \(done) of \(lines.count) \(deletions.isEmpty ? "final" : "done"), \(elapsed)", .faint)
        return StatusTable(lines, style: style, width: width).rendered() + [footer]
    }

    private func line(of row: StatusRow, at time: Double) -> StatusTable.Line {
        var row = row
        let summary = running[row.address]
        if row.phase == .none || row.waitingFor == nil, row.phase != .final, let summary { row.waitingFor = summary }
        let waited = row.phase == .final ? nil : waitingSince[row.address].map { Self.seconds(from: $0, to: time) }
        return StatusTable.Line(row, waited: waited, isBusy: summary != nil)
    }

    /// Whole ones: nobody reads faster.
    private static func seconds(from start: Double, to end: Double) -> Duration {
        .seconds(max(0, (end - start).rounded(.down)))
    }

    private mutating func beginWaiting(_ address: ResourceAddress, at time: Double) {
        waitingSince[address] = waitingSince[address] ?? time
    }

    private mutating func place(_ row: StatusRow) {
        if rows[row.address] == nil {
            let service = addresses.lastIndex { $0.name == row.address.name && $0.kind != row.address.kind }
            addresses.insert(row.address, at: service.map { $0 + 1 } ?? addresses.endIndex)
        }
        rows[row.address] = row
    }

    private mutating func fail(_ address: ResourceAddress, _ failure: StepFailure) {
        let state = rows[address]?.state ?? ""
        rows[address] = StatusRow(
            address: address, phase: .failed, state: state.isEmpty ? "failed" : state,
            failure: SettleFailure(.failed, failure.message), detail: rows[address]?.detail ?? [:])
    }

    /// Only what would have changed the resource says something about it: what it waits for is no less true when nobody
    /// waits for it.
    private mutating func leaveOut(_ id: Step.ID, because cause: String) {
        guard id.verb != .await, id.verb != .verify else { return }
        rows[id.address]?.waitingFor = "not started, because \(cause)"
    }

    private mutating func countDeletion(_ address: ResourceAddress) {
        guard let left = deletions[address] else { return }
        deletions[address] = left - 1
        guard left == 1 else { return }
        rows[address] = StatusRow(address: address, phase: .final, state: "deleted")
    }
}
