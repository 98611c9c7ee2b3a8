package import Planning
package import ResourceModel
package import StateModel

/// Something that happens during an apply, as it happens.
package struct ApplyEvent: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// What an interrupted apply had begun was looked for: what became of it, as a sentence.
        case resolved(ResourceAddress, message: String)
        case started(Step.ID, summary: String)
        case succeeded(Step.ID)
        case failed(Step.ID, StepFailure)
        /// It was not started because these have failed.
        case blocked(Step.ID, by: [Step.ID])
        /// It was not started because of an interruption.
        case cancelled(Step.ID)
        case status(StatusRow)
        /// The wait for a resource came to an end before its final state, for a reason of its own.
        case unsettled(ResourceAddress, StepFailure)
        /// Why a resource is not final.
        case explained(Explanation)
        case finished(ApplyRecord.Outcome, calls: [String: Int])
    }

    /// Seconds since 1970.
    package var time: Double
    package var content: Content

    package init(time: Double, content: Content) {
        self.time = time
        self.content = content
    }
}
