package import ResourceModel

/// What came of an apply, as the history keeps it.
package struct ApplyReport: Sendable, Equatable {
    package struct Failure: Sendable, Equatable {
        /// `failed`, `rolledBack`, `superseded`, `deadline`.
        package var code: String
        package var message: String

        package init(code: String, message: String) {
            self.code = code
            self.message = message
        }
    }

    /// One step of the plan.
    package struct Step: Sendable, Equatable {
        package enum Outcome: String, Sendable, Hashable {
            case succeeded, failed
            /// Not started, because others had failed.
            case blocked
            /// Not started, or not waited for, because of an interruption.
            case interrupted
        }

        package var id: String
        package var address: ResourceAddress
        /// It makes no call of its own.
        package var isWait: Bool
        package var outcome: Outcome
        package var failure: Failure?
        /// The ids of the steps that had failed.
        package var blockedBy: [String]

        package init(
            id: String, address: ResourceAddress, isWait: Bool = false, outcome: Outcome, failure: Failure? = nil,
            blockedBy: [String] = []
        ) {
            self.id = id
            self.address = address
            self.isWait = isWait
            self.outcome = outcome
            self.failure = failure
            self.blockedBy = blockedBy
        }
    }

    /// One resource that the plan touched, or what is observed under it.
    package struct Resource: Sendable, Equatable {
        package enum Outcome: String, Sendable, Hashable {
            /// It is where the plan wanted it.
            case succeeded
            case failed
            /// Nothing was done for it, because others had failed or because of an interruption.
            case notStarted
            /// It was changed, and was not waited for until it was final.
            case unsettled
            case deleted
        }

        package var address: ResourceAddress
        package var outcome: Outcome
        package var phase: Phase
        /// The kind's own word for the phase.
        package var state: String
        package var failure: Failure?
        /// What was set going: the ARN of a deployment.
        package var started: [String: String]

        package init(
            address: ResourceAddress, outcome: Outcome, phase: Phase, state: String, failure: Failure? = nil,
            started: [String: String] = [:]
        ) {
            self.address = address
            self.outcome = outcome
            self.phase = phase
            self.state = state
            self.failure = failure
            self.started = started
        }
    }

    /// In the order of the plan.
    package var steps: [Step]
    /// In address order.
    package var resources: [Resource]
    /// `ecs:CreateService` to a count.
    package var calls: [String: Int]
    /// Everything that was recorded when it had ended, in address order; secret values are digests.
    package var recorded: [RecordedResource]
    /// Why resources were not final, seen then: the cloud forgets tasks that have stopped.
    package var explanations: [Explanation]

    package init(
        steps: [Step] = [], resources: [Resource] = [], calls: [String: Int] = [:], recorded: [RecordedResource] = [],
        explanations: [Explanation] = []
    ) {
        self.steps = steps
        self.resources = resources
        self.calls = calls
        self.recorded = recorded
        self.explanations = explanations
    }
}
