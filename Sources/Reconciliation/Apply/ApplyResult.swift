package import Diagnostics
package import StateModel

/// How an apply ended.
package struct ApplyResult: Sendable {
    package enum Ending: Sendable {
        /// The plan was empty; everything is as the manifests say.
        case nothingToDo
        /// The user did not approve.
        case declined
        /// It was interrupted before anything was begun.
        case notBegun
        case executed(ExecutionReport)
    }

    package var prepared: PreparedPlan
    package var ending: Ending

    package init(prepared: PreparedPlan, ending: Ending) {
        self.prepared = prepared
        self.ending = ending
    }

    package var outcome: ApplyRecord.Outcome {
        switch ending {
        case .nothingToDo: .succeeded
        case .declined: .failed
        case .notBegun: .interrupted
        case .executed(let report): report.outcome
        }
    }
}

/// The planner refuses what the manifests ask for; nothing was called that changes anything.
package struct PlanRefused: Error, Sendable {
    package var diagnostics: [Diagnostic]

    package init(diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }
}
