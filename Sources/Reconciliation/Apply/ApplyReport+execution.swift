import Planning
import ResourceModel
package import StateModel

extension ApplyReport {
    /// - Parameter recorded: What the apply has left behind.
    package init(of report: ExecutionReport, calls: [String: Int], recorded: RecordedState) {
        self.init(
            steps: report.steps.map { Step($0.step, $0.outcome) }, resources: report.resources,
            calls: calls, recorded: recorded.resources.values.sorted { $0.address < $1.address },
            explanations: report.explanations)
    }
}

extension ApplyReport.Step {
    fileprivate init(_ step: Planning.Step, _ outcome: ExecutionReport.StepOutcome) {
        self.init(id: step.id.description, address: step.address, isWait: step.isWait, outcome: .succeeded)
        switch outcome {
        case .succeeded: break
        case .failed(let failure):
            self.outcome = .failed
            self.failure = ApplyReport.Failure(failure)
        case .blocked(let causes):
            self.outcome = .blocked
            blockedBy = causes.map(\.description)
        case .interrupted: self.outcome = .interrupted
        }
    }
}

extension ApplyReport.Failure {
    fileprivate init(_ failure: StepFailure) { self.init(code: failure.code.rawValue, message: failure.message) }
}

extension ExecutionReport {
    /// What became of each, in the order of their addresses.
    fileprivate var resources: [ApplyReport.Resource] {
        let steps = Dictionary(grouping: steps, by: \.step.address)
        let unsettled = Dictionary(unsettled.map { ($0.row.address, $0.failure) }) { first, _ in first }
        return Set(steps.keys).union(rows.keys).sorted().map { address in
            resource(
                at: address, steps: steps[address] ?? [], isUnsettled: unsettled[address] != nil,
                failure: unsettled[address] ?? nil)
        }
    }

    /// What became of one resource: the gravest of what became of its steps, and of the wait for it.
    private func resource(
        at address: ResourceAddress, steps own: [(step: Step, outcome: StepOutcome)], isUnsettled: Bool,
        failure unsettled: StepFailure?
    ) -> ApplyReport.Resource {
        let row = rows[address]
        let failures = own.compactMap { if case .failed(let failure) = $0.outcome { failure } else { nil } }
        let failure = failures.first ?? unsettled ?? row?.failure.map(StepFailure.init)
        var outcome = ApplyReport.Resource.Outcome.succeeded
        if failure != nil {
            outcome = .failed
        } else if own.contains(where: { !$0.step.isWait && $0.outcome.isNotStarted }) {
            outcome = .notStarted
        } else if isUnsettled || own.contains(where: \.outcome.isNotStarted) {
            outcome = .unsettled
        } else if row?.phase == Phase.none, own.contains(where: \.step.isDeletion) {
            outcome = .deleted
        }
        return ApplyReport.Resource(
            address: address, outcome: outcome, phase: row?.phase ?? .none, state: row?.state ?? Phase.none.rawValue,
            failure: failure.map(ApplyReport.Failure.init), started: started[address] ?? [:])
    }
}

extension ExecutionReport.StepOutcome {
    fileprivate var isNotStarted: Bool {
        switch self {
        case .blocked, .interrupted: true
        case .succeeded, .failed: false
        }
    }
}

extension Step {
    fileprivate var isWait: Bool { if case .reach = work { true } else { false } }

    fileprivate var isDeletion: Bool {
        switch work {
        case .delete, .forget: true
        case .create, .update, .handOver, .adopt, .reach: false
        }
    }
}
