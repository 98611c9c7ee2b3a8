import AttributeTree
import ResourceModel
import StateModel

/// The steps that change something.
extension Assembly {
    mutating func addWork(for decision: Decision) {
        var parts = Parts()
        parts.adopt = decision.adopted.map { add(adoptStep(decision, $0), .make) }
        switch decision.course {
        case .keep, .refused: break
        case .create: parts.make = addCreation(decision, replacing: nil)
        case .revise: parts.make = addCreation(decision, replacing: decision.identity)
        case .update:
            if let passage = decision.passage {
                parts.isPassing = true
                parts.pass = passage.fields.isEmpty ? nil : add(passageStep(decision, passage), .make)
            }
            parts.make = add(updateStep(decision), .make)
        case .replace(.createFirst):
            parts.make = addCreation(decision, replacing: decision.identity, named: replacementName(decision))
        case .replace(.deleteFirst):
            parts.delete = addDeletion(decision)
            parts.make = addCreation(decision, replacing: nil)
        case .delete: parts.delete = addDeletion(decision)
        case .forget: parts.delete = add(forgetStep(decision), .delete)
        }
        for retired in decision.retired { parts.retire.append(add(retireStep(decision, retired), .delete)) }
        self.parts[decision.address] = parts
    }

    // MARK: Making

    private mutating func addCreation(
        _ decision: Decision, replacing identity: ResourceIdentity?, named name: String? = nil
    ) -> Int? {
        guard let desired = decision.subject.desired else { return nil }
        let verbs = decision.subject.definition.verbs
        let sentence =
            verbs.summarize?(desired, request.desired) ?? "\(verbs.create.rawValue) \(decision.address.sentence)"
        let step = Step(
            id: Step.ID(verb: verbs.create, address: decision.address, qualifier: name ?? ""),
            work: .create(cloudName: name ?? desired.cloudName, replacing: identity), calls: decision.createCalls,
            summary: sentence + (name.map { " as \($0)" } ?? ""), impact: decision.impact,
            reasons: decision.reasons.ofTheChange, notes: decision.course == .create ? decision.outline : [], after: [])
        return add(step, .make)
    }

    /// A new name where the manifest has one; otherwise one that is generated, as both exist at the same time.
    private func replacementName(_ decision: Decision) -> String? {
        guard let desired = decision.subject.desired, let identity = decision.identity,
            let cloudName = decision.cloudName, !decision.subject.definition.schema.nameField.isEmpty
        else { return nil }
        let isTaken =
            cloudName == desired.cloudName || ReplacementName.isGenerated(cloudName, for: desired.cloudName)
        guard isTaken else { return nil }
        return ReplacementName.generated(
            for: desired.cloudName, content: "\(decision.address) \(identity.id) \(desired.attributes.jsonText())",
            hash: request.hash)
    }

    private func updateStep(_ decision: Decision) -> Step {
        let isPrepared = decision.passage?.fields.isEmpty == false
        let fields = isPrepared ? decision.passage?.referring ?? [] : decision.changedFields
        return Step(
            id: Step.ID(verb: .update, address: decision.address), work: .update(fields: fields),
            calls: decision.updateCalls(of: fields),
            summary: "update \(decision.address.sentence): \(fields.joined(separator: ", "))",
            impact: decision.impact, movesTraffic: decision.movesTraffic, reasons: decision.reasons.ofTheChange,
            after: [])
    }

    private func adoptStep(_ decision: Decision, _ observed: ObservedResource) -> Step {
        // It gets the tags that say whose it is.
        let definition = decision.subject.definition
        let call = definition.schema.updateCall(at: "tags") ?? definition.verbs.updateCall
        return Step(
            id: Step.ID(verb: .adopt, address: decision.address), work: .adopt(observed.identity),
            calls: decision.reasons.contains(.unrecorded) ? [] : [call],
            summary: "\(decision.reasons.contains(.untagged) ? "tag" : "adopt") \(decision.address.sentence)",
            impact: .none, reasons: decision.reasons.filter { [.adopted, .unrecorded, .untagged].contains($0) },
            after: [])
    }

    // MARK: Deleting

    private mutating func addDeletion(_ decision: Decision) -> Int? {
        guard let identity = decision.identity, let cloudName = decision.cloudName else { return nil }
        let verbs = decision.subject.definition.verbs
        let sentence = "\(verbs.delete.rawValue) \(decision.address.sentence)"
        let step = Step(
            id: Step.ID(verb: verbs.delete, address: decision.address),
            work: .delete(identity, cloudName: cloudName, retired: false), calls: verbs.deleteCalls,
            summary: sentence + decision.nameNote, impact: decision.impact,
            reasons: decision.reasons.ofTheChange, after: [])
        return add(step, .delete)
    }

    private func retireStep(_ decision: Decision, _ retired: RetiredIdentity) -> Step {
        let verbs = decision.subject.definition.verbs
        let noun = decision.address.kind.words
        let sentence =
            switch retired.reason {
            case .revision: "\(noun) \(retired.identity.id.split(separator: "/").last ?? "")"
            case .replaced: "replaced \(noun) \(retired.cloudName)"
            }
        return Step(
            id: Step.ID(verb: verbs.delete, address: decision.address, qualifier: retired.identity.id),
            work: .delete(retired.identity, cloudName: retired.cloudName, retired: true), calls: verbs.deleteCalls,
            summary: "\(verbs.delete.rawValue) \(sentence)", impact: .none, reasons: [.retired(count: 1)], after: [])
    }

    private func forgetStep(_ decision: Decision) -> Step {
        Step(
            id: Step.ID(verb: .forget, address: decision.address), work: .forget, calls: [],
            summary: "forget \(decision.address.sentence)", impact: .none,
            reasons: decision.reasons.ofTheChange, after: [])
    }
}

extension Decision {
    /// The name in the cloud, where the manifest does not tell it.
    fileprivate var nameNote: String {
        guard let cloudName, cloudName != address.name, cloudName != subject.desired?.cloudName else { return "" }
        return " named \(cloudName)"
    }
}

extension ResourceAddress {
    /// `target group web`.
    var sentence: String { "\(kind.words) \(name)" }
}

extension [Reason] {
    /// The reasons for changing the resource itself, not for recording it or for deleting what it was before.
    var ofTheChange: [Reason] {
        filter { reason in
            switch reason {
            case .adopted, .unrecorded, .untagged, .retired: false
            case .added, .disappeared, .removedFromManifests, .destroyed, .configuration, .rolledBack, .drift,
                .immutable,
                .dependencyReplaced, .claimed, .unfinished:
                true
            }
        }
    }
}
