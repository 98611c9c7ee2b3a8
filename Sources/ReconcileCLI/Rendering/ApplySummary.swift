import AttributeTree
package import Planning
package import Reconciliation
package import ResourceModel
import StateModel

/// How an apply ended, for people: root causes first, what was skipped because of them as notes.
package struct ApplySummary: Sendable {
    private let ending: ApplyResult.Ending
    private let goal: PlanRequest.Goal
    private let owner: Owner

    package init(_ ending: ApplyResult.Ending, _ goal: PlanRequest.Goal, _ owner: Owner) {
        self.ending = ending
        self.goal = goal
        self.owner = owner
    }

    /// What went wrong, for standard error.
    package func problems(_ style: Style) -> [String] {
        guard case .executed(let report) = ending else { return [] }
        return problems(of: report, style)
    }

    /// What came of it all, for standard output.
    package func closing(_ style: Style) -> String {
        switch ending {
        case .nothingToDo where goal == .destroy: "\(place): nothing to do; nothing is recorded here"
        case .nothingToDo: "\(place): nothing to do; everything is as the manifests say"
        case .declined: "\(place): nothing was done"
        case .notBegun: "\(place): interrupted; nothing was done"
        case .executed(let report): closing(report, style)
        }
    }

    private var place: String { "\(owner.project), environment \(owner.environment)" }

    private func problems(of report: ExecutionReport, _ style: Style) -> [String] {
        var lines: [String] = []
        var told: Set<String> = []
        for (step, outcome) in report.steps {
            // What could not be recorded is told once, below.
            if case .failed(let failure) = outcome, failure.code != .lockLost {
                told.insert(failure.message)
                lines.append("\(style("error:", .red)) \(step.summary): \(failure.message)")
            }
        }
        for unsettled in report.unsettled {
            if let failure = unsettled.failure, !told.contains(failure.message) {
                lines.append("\(style("error:", .red)) \(unsettled.row.address): \(failure.message)")
            }
        }
        lines += report.explanations.flatMap { $0.lines(style) }
        for row in report.unsettled.filter({ $0.failure == nil }).map(\.row) {
            guard let waitingFor = row.waitingFor else { continue }
            lines.append(
                "\(style("note:", .cyan)) \(row.address) is \"\(row.state)\", and no longer waited for: \(waitingFor)")
        }
        for (step, outcome) in report.steps {
            if case .blocked(let causes) = outcome {
                let reasons = causes.map(\.description).joined(separator: ", ")
                lines.append("\(style("note:", .cyan)) not started: \(step.summary) (because of: \(reasons))")
            }
        }
        if let failure = report.storeFailure {
            let words = failure.code == .lockLost ? "" : "what was done could not be recorded: "
            lines.append("\(style("error:", .red)) \(words)\(failure.message)")
        }
        return lines
    }

    private func closing(_ report: ExecutionReport, _ style: Style) -> String {
        switch report.outcome {
        case .succeeded where !report.unsettled.isEmpty:
            return "\(place): applied, and not waited for; `reconcile attach` follows it to its end"
        case .succeeded where goal == .rollBack:
            return
                "\(style("\(place): rolled back, and done", .green)); the manifests still say otherwise, and the next "
                + "`reconcile plan` goes back to them: change them before you apply again"
        case .succeeded:
            let urls = report.rows.values.compactMap { row in row.detail["url"]?.stringValue }
            let serving = Set(urls).sorted().map { ", serving at \($0)" }.joined()
            return "\(style("\(place): done", .green))\(serving)"
        case .interrupted:
            return "\(place): interrupted; what was done is recorded, and the next apply goes on from there"
        case .lockLost:
            let sentence = "\(place): stopped, because the lock was lost"
            return "\(style(sentence, .red)); the next apply looks for what could not be recorded"
        case .failed, .running, .rolledBack, .deadline, .superseded:
            let word =
                switch report.outcome {
                case .rolledBack: "rolled back"
                case .deadline: "not final before the deadline"
                case .superseded: "superseded by another deployment"
                case .failed, .running, .succeeded, .interrupted, .lockLost: "failed"
                }
            let record =
                report.storeFailure == nil
                ? "what was done is recorded" : "the next apply looks for what could not be recorded"
            return "\(style("\(place): \(word)", .red)); \(record)"
        }
    }
}
