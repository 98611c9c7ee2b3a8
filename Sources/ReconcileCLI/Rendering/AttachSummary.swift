import Planning
package import Reconciliation
package import ResourceModel
import StateModel

/// What is followed, and how it ended, for people.
package struct AttachSummary: Sendable {
    private let result: AttachResult
    private let owner: Owner

    package init(_ result: AttachResult, _ owner: Owner) {
        self.result = result
        self.owner = owner
    }

    /// Whose apply is followed; `nil` when that needs no word.
    package static func beginning(_ work: OngoingWork) -> String? {
        if let holder = work.holder {
            return
                "\(holder.user), process \(holder.processID), has the lock (\(holder.command)): following what it starts"
        }
        return work.last.map { "following what \($0.command) \($0.id) by \($0.user) has left on its way" }
    }

    /// What went wrong, for standard error.
    package func problems(_ style: Style) -> [String] {
        let followed = result.report.map { ApplySummary(.executed($0), .converge, owner).problems(style) } ?? []
        return followed + undone(style)
    }

    private func undone(_ style: Style) -> [String] {
        guard let last = result.last else { return [] }
        let sentence: String? =
            switch result.undone {
            case .nothing: nil
            case .unknown: "\(last.command) \(last.id) was cut off, and what it did not come to is not known"
            case .steps(let steps): "\(last.command) \(last.id) did not do: \(steps.joined(separator: ", "))"
            }
        guard let sentence else { return [] }
        return [
            "\(style("error:", .red)) \(sentence)",
            "\(style("help:", .cyan)) `reconcile apply` does what is left to do",
        ]
    }

    /// What came of it all, for standard output.
    package func closing(_ style: Style) -> String {
        let place = "\(owner.project), environment \(owner.environment)"
        switch (result.report, result.undone) {
        case (_, _) where result.outcome == .interrupted:
            return "\(place): no longer watched; `reconcile attach` watches again"
        case (let report?, .nothing): return ApplySummary(.executed(report), .converge, owner).closing(style)
        case (let report?, .unknown), (let report?, .steps):
            guard report.outcome == .succeeded else {
                return ApplySummary(.executed(report), .converge, owner).closing(style)
            }
            return style("\(place): what was started is final, and not everything was started", .red)
        case (nil, .nothing): return "\(place): nothing to follow; everything recorded is final"
        case (nil, .unknown), (nil, .steps):
            return style("\(place): nothing to follow, and not everything was started", .red)
        }
    }
}
