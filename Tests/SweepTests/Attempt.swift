import Foundation
import Planning
import Reconciliation
import ResourceModel
import StateModel
import Testing

/// How much of the sweeps is done.
enum Sweep {
    /// `make sweep` asks for all of it; a sample otherwise.
    static let isWhole = ProcessInfo.processInfo.environment["RECONCILE_SWEEP"] == "all"
}

/// A cloud and a store in which a flow is tried, by one process after the other.
struct Attempt {
    let flow: Flow
    let cloud: SimulatedCloud
    let store: InMemoryStateStore
    let desired: DesiredSet

    init(_ flow: Flow, _ snapshot: SimulatedCloud.Snapshot, _ desired: DesiredSet) {
        self.flow = flow
        self.desired = desired
        cloud = SimulatedCloud(snapshot)
        store = InMemoryStateStore(snapshot.recorded)
    }

    func process(seed: UInt64 = 1, death: Int? = nil, trouble: Trouble = .none) -> SimulatedProcess {
        SimulatedProcess(cloud, store: store, seed: seed, death: death, trouble: trouble)
    }

    /// After what drains has gone.
    func settledPrint() -> [String] {
        cloud.settle()
        return cloud.print
    }

    /// One apply without trouble gives the world that is wanted, and leaves nothing to do.
    func expectConvergence(to wanted: [String], _ place: String) throws {
        do {
            let result = try process(seed: 2).apply(desired, flow.goal)
            #expect(result?.outcome == .succeeded, "\(place): \(result?.troubles ?? "")")
            let found = settledPrint()
            let missing = wanted.filter { !found.contains($0) }
            let superfluous = found.filter { !wanted.contains($0) }
            #expect(found == wanted, "\(place): missing \(missing), superfluous \(superfluous)")
            let state = try recorded(in: store)
            #expect(state.intents.isEmpty, "\(place)")
            let plan = try process(seed: 3).plan(desired, flow.goal)
            #expect(plan?.isEmpty == true, "\(place): \(plan?.steps.map(\.summary) ?? [])")
        } catch {
            Issue.record("\(place): \(error)")
        }
    }
}

extension ApplyResult {
    /// What went wrong, in its own words.
    var troubles: String {
        guard case .executed(let report) = ending else { return "\(ending)" }
        let failures = report.steps.compactMap { step -> String? in
            if case .failed(let failure) = step.outcome { "\(step.step.id): \(failure.message)" } else { nil }
        }
        let unsettled = report.unsettled.compactMap { $0.failure?.message }
        return (failures + unsettled).joined(separator: "; ")
    }
}
