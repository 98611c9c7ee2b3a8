import Diagnostics
import ResourceModel
import StateModel

/// What becomes of a resource that is wanted no longer.
extension Survey {
    mutating func removal(of subject: Subject, because reason: Reason) -> Decision {
        switch subject.standing(for: request.owner) {
        case .absent: return Decision(subject, .keep)
        case .disappeared:
            var decision = Decision(subject, .forget, [.disappeared, reason])
            decision.retired = decision.earlier
            return decision
        case .foreign(let observed):
            guard subject.recorded != nil else { return Decision(subject, .keep) }
            diagnostics.append(.leftToItsOwner(subject, observed))
            var decision = Decision(subject, .forget, [reason])
            decision.retired = decision.earlier
            return decision
        case .unrecorded, .ours:
            guard !subject.isProtected else {
                diagnostics.append(.protectedFromDeletion(subject))
                return Decision(subject, .refused)
            }
            var decision = Decision(subject, .delete, [reason])
            decision.retired = decision.earlier
            return decision
        }
    }
}
