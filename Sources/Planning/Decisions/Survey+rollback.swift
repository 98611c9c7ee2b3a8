import AttributeTree
import ResourceModel
import StateModel

extension Survey {
    /// What the proven forms refer to that every resource has to keep: the one that it is in, or comes to be in with this
    /// plan, and the one before, to which a rollback goes.
    ///
    /// As they will be after the plan, or the plan after it would have something left to delete.
    var identitiesNeededForRollbacks: Set<String> {
        var needed: Set<String> = []
        for (address, recorded) in request.recorded.resources where !recorded.proven.isEmpty {
            for form in provenForms(of: recorded, after: decisions[address]).prefix(2) { form.addTexts(to: &needed) }
        }
        return needed
    }

    private func provenForms(of recorded: RecordedResource, after decision: Decision?) -> [AttributeValue] {
        guard let decision else { return recorded.proven }
        switch decision.course {
        case .delete, .forget: return []
        case .keep, .create, .update, .revise, .replace, .refused: break
        }
        guard let desired = decision.subject.desired else { return recorded.proven }
        let coming = ResourceIdentity(id: "(a revision that this plan makes)")
        let form = decision.subject.definition.provenForm(of: desired.attributes, in: request.catalog) {
            [self] address in
            if decisions[address]?.changesIdentity == true { return coming }
            return request.recorded.resources[address]?.identity
        }
        return form.map(recorded.proven(afterBecomingFinalAs:)) ?? recorded.proven
    }
}

extension AttributeValue {
    /// Every text in it, at any depth: identifiers are among them.
    fileprivate func addTexts(to texts: inout Set<String>) {
        switch self {
        case .string(let text): texts.insert(text)
        case .list(let elements): for element in elements { element.addTexts(to: &texts) }
        case .map(let members): for member in members.values { member.addTexts(to: &texts) }
        case .null, .bool, .int, .number: break
        }
    }
}
