import AttributeTree
import Planning
package import Reconciliation
package import ResourceModel
import StateModel

/// How an apply ended, for people: root causes first, what was skipped because of them as notes.
package struct ApplySummary: Sendable {
    private let result: ApplyResult
    private let owner: Owner
    private let output: OutputOptions

    package init(_ result: ApplyResult, _ owner: Owner, _ output: OutputOptions) {
        self.result = result
        self.owner = owner
        self.output = output
    }

    package func show() {
        switch result.ending {
        case .nothingToDo:
            Console.line("\(place): nothing to do; everything is as the manifests say")
        case .declined:
            Console.line("nothing was done", to: .error)
        case .notBegun:
            Console.line("interrupted; nothing was done", to: .error)
        case .executed(let report):
            for line in problems(of: report) { Console.line(line, to: .error) }
            Console.line(closing(report))
        }
    }

    private var place: String { "\(owner.project), environment \(owner.environment)" }

    private func problems(of report: ExecutionReport) -> [String] {
        let style = Style(isColoured: output.isColoured(.error))
        var lines: [String] = []
        var told: Set<String> = []
        for (step, outcome) in report.steps {
            if case .failed(let failure) = outcome {
                told.insert(failure.message)
                lines.append("\(style("error:", .red)) \(step.summary): \(failure.message)")
            }
        }
        for unsettled in report.unsettled {
            if let failure = unsettled.failure, !told.contains(failure.message) {
                lines.append("\(style("error:", .red)) \(unsettled.row.address): \(failure.message)")
            }
        }
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
            lines.append("\(style("error:", .red)) what was done could not be recorded: \(failure.message)")
        }
        return lines
    }

    private func closing(_ report: ExecutionReport) -> String {
        let style = Style(isColoured: output.isColoured(.output))
        switch report.outcome {
        case .succeeded:
            let urls = report.rows.values.compactMap { row in row.detail["url"]?.stringValue }
            let serving = Set(urls).sorted().map { ", serving at \($0)" }.joined()
            return "\(style("\(place): done", .green))\(serving)"
        case .interrupted:
            return "\(place): interrupted; what was done is recorded, and the next apply goes on from there"
        case .failed, .running, .rolledBack, .deadline, .superseded:
            let word =
                switch report.outcome {
                case .rolledBack: "rolled back"
                case .deadline: "not final before the deadline"
                case .superseded: "superseded by another deployment"
                case .failed, .running, .succeeded, .interrupted: "failed"
                }
            return "\(style("\(place): \(word)", .red)); what was done is recorded"
        }
    }
}
