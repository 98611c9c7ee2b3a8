/// How many resources meet with each action.
package struct PlanSummary: Sendable, Hashable {
    package var create = 0
    package var update = 0
    package var replace = 0
    package var delete = 0
    package var keep = 0

    package init(_ changes: [Change]) {
        for change in changes {
            switch change.action {
            case .create: create += 1
            case .update: update += 1
            case .replace: replace += 1
            case .delete: delete += 1
            case .keep: keep += 1
            }
        }
    }

    /// Not counting what is kept.
    package var changes: Int { create + update + replace + delete }
}

extension Plan {
    package var summary: PlanSummary { PlanSummary(changes) }
}
