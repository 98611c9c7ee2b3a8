package import Planning
package import ResourceModel
package import StateModel

/// What came of a plan.
package struct ExecutionReport: Sendable {
    package enum StepOutcome: Sendable, Equatable {
        case succeeded
        case failed(StepFailure)
        /// It was not started because these have failed.
        case blocked(by: [Step.ID])
        /// It was not started, or not waited for, because of an interruption.
        case interrupted
    }

    /// A resource that is not final although it was waited for.
    package struct Unsettled: Sendable, Equatable {
        package var row: StatusRow
        /// `nil` where the wait was given up for another reason than the resource itself.
        package var failure: StepFailure?

        package init(row: StatusRow, failure: StepFailure?) {
            self.row = row
            self.failure = failure
        }
    }

    package var outcome: ApplyRecord.Outcome
    /// In the order of the plan.
    package var steps: [(step: Step, outcome: StepOutcome)]
    package var rows: [ResourceAddress: StatusRow]
    /// What the calls have set going: the ARN of a deployment.
    package var started: [ResourceAddress: [String: String]]
    /// In address order.
    package var unsettled: [Unsettled]
    /// Why resources are not final, as far as the cloud shows it.
    package var explanations: [Explanation] = []
    /// Set when the state could not be written; the journal covers what was done.
    package var storeFailure: StepFailure?

    package init(
        outcome: ApplyRecord.Outcome, steps: [(step: Step, outcome: StepOutcome)] = [],
        rows: [ResourceAddress: StatusRow] = [:], started: [ResourceAddress: [String: String]] = [:],
        unsettled: [Unsettled] = [], storeFailure: StepFailure? = nil
    ) {
        self.outcome = outcome
        self.steps = steps
        self.rows = rows
        self.started = started
        self.unsettled = unsettled
        self.storeFailure = storeFailure
    }

    package init(of execution: Execution, steps: [Step]) {
        let scheduler = execution.scheduler
        self.steps = steps.compactMap { step in
            scheduler.state(of: step.id).map { (step, Self.outcome(of: step.id, in: execution, state: $0)) }
        }
        rows = execution.board.rows
        started = execution.started
        unsettled = execution.unsettled.sorted { $0.key < $1.key }.map { address, ending in
            let row =
                execution.board[address]
                ?? StatusRow(address: address, phase: .created, state: Phase.created.rawValue)
            return switch ending {
            case .failed(let failure): Unsettled(row: row, failure: failure)
            case .abandoned: Unsettled(row: row, failure: nil)
            }
        }
        storeFailure = execution.storeFailure
        outcome = .succeeded
        outcome = overallOutcome(isInterrupted: execution.isInterrupted)
    }

    /// What was done could not be recorded whole.
    mutating func failToStore(_ error: any Error) {
        let failure = storeFailure ?? StepFailure(error)
        storeFailure = failure
        outcome = failure.code.outcome
    }

    private static func outcome(
        of id: Step.ID, in execution: Execution, state: StepScheduler.State
    ) -> StepOutcome {
        switch state {
        case .succeeded: .succeeded
        case .failed: .failed(execution.failures[id] ?? StepFailure(.failed, ""))
        case .blocked: .blocked(by: execution.scheduler.whyBlocked(id))
        case .waiting, .calling, .settling, .cancelled: .interrupted
        }
    }

    /// The gravest of all that went wrong: a failure hides a deadline that passed because of it.
    private func overallOutcome(isInterrupted: Bool) -> ApplyRecord.Outcome {
        if let storeFailure { return storeFailure.code.outcome }
        if isInterrupted, steps.contains(where: { $0.outcome == .interrupted }) || !unsettled.isEmpty {
            return .interrupted
        }
        let stepFailures = steps.compactMap { if case .failed(let failure) = $0.outcome { failure } else { nil } }
        let codes = Set((stepFailures + unsettled.compactMap(\.failure)).map(\.code))
        for code in [StepFailure.Code.failed, .rolledBack, .superseded, .deadline] where codes.contains(code) {
            return code.outcome
        }
        return .succeeded
    }
}

extension StepFailure.Code {
    package var outcome: ApplyRecord.Outcome {
        switch self {
        case .failed: .failed
        case .rolledBack: .rolledBack
        case .superseded: .superseded
        case .deadline: .deadline
        case .lockLost: .lockLost
        }
    }
}

extension ApplyRecord.Outcome {
    /// The exit status of a command that came to this.
    package var exitStatus: Int32 {
        switch self {
        case .succeeded: 0
        case .running, .failed, .lockLost: 1
        case .rolledBack: 3
        case .deadline: 4
        case .superseded: 5
        case .interrupted: 130
        }
    }
}
