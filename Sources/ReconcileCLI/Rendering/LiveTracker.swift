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
    private var running: [ResourceAddress: String] = [:]

    package init(plan: Plan, style: Style, start: Double) {
        self.style = style
        self.start = start
        var seen: Set<ResourceAddress> = []
        addresses = plan.steps.map(\.address).filter { seen.insert($0).inserted }
        for address in addresses {
            rows[address] = StatusRow(address: address, phase: .none, state: "none")
        }
    }

    /// Takes an event in; gives back what is to stay on the screen for good.
    package mutating func handle(_ event: ApplyEvent) -> [String] {
        switch event.content {
        case .resolved(let address, let message):
            return ["\(address): \(message)"]
        case .started(let id, let summary):
            running[id.address] = summary
            waitingSince[id.address] = waitingSince[id.address] ?? event.time
        case .succeeded(let id):
            running[id.address] = nil
            if id.verb == .delete || id.verb == .deregister { finishDeletion(of: id.address) }
        case .failed(let id, let failure):
            running[id.address] = nil
            fail(id.address, failure)
        case .blocked(let id, let causes):
            rows[id.address]?.waitingFor =
                "not started, because of: \(causes.map(\.description).joined(separator: ", "))"
        case .cancelled(let id):
            rows[id.address]?.waitingFor = "not started, because of the interruption"
        case .status(let row):
            place(row)
        case .unsettled(let address, let failure):
            fail(address, failure)
        case .finished:
            break
        }
        return []
    }

    /// The lines to draw now, none wider than the terminal.
    package func lines(at time: Double, width: Int) -> [String] {
        let lines = addresses.compactMap { address -> StatusTable.Line? in
            guard var row = rows[address] else { return nil }
            if row.phase != .final, row.waitingFor == nil, let summary = running[address] { row.waitingFor = summary }
            let waited = row.phase == .final ? nil : waitingSince[address].map { Duration.seconds(max(0, time - $0)) }
            return StatusTable.Line(row, waited: waited)
        }
        let done = lines.count { $0.row.phase == .final }
        let elapsed = Duration.seconds(max(0, time - start)).formattedBriefly
        let footer = style("  \(done) of \(lines.count) final, \(elapsed)", .faint)
        return StatusTable(lines, style: style, width: width).rendered() + [footer]
    }

    private mutating func place(_ row: StatusRow) {
        if rows[row.address] == nil {
            let service = addresses.lastIndex { $0.name == row.address.name && $0.kind != row.address.kind }
            addresses.insert(row.address, at: service.map { $0 + 1 } ?? addresses.endIndex)
        }
        rows[row.address] = row
    }

    private mutating func fail(_ address: ResourceAddress, _ failure: StepFailure) {
        let state = rows[address]?.state ?? "failed"
        rows[address] = StatusRow(
            address: address, phase: .failed, state: state, failure: SettleFailure(.failed, failure.message),
            detail: rows[address]?.detail ?? [:])
    }

    private mutating func finishDeletion(of address: ResourceAddress) {
        rows[address] = StatusRow(address: address, phase: .final, state: "deleted")
    }
}
