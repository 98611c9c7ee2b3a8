import ResourceGraph
import ResourceModel

/// The steps that wait.
extension Assembly {
    /// The kind's own, for what is changed and for what an earlier apply did not wait for to the end.
    mutating func addSettling(of decision: Decision) {
        guard decision.isToSettle, let desired = decision.subject.desired else { return }
        for settling in decision.subject.definition.settling {
            let (summary, milestones) = settling.plan(desired, request.desired)
            guard !milestones.isEmpty else { continue }
            let estimate = settling.estimate.flatMap { estimate in
                decision.bringsTasks ? estimate(desired, request.desired, decision.impact == .rollsTasks) : nil
            }
            let ordinal = parts[decision.address]?.settle.count ?? 0
            let step = Step(
                id: Step.ID(
                    verb: settling.verb, address: decision.address, qualifier: ordinal > 1 ? "\(ordinal)" : ""),
                work: .reach(milestones), calls: [], summary: summary, impact: .none,
                reasons: decision.reasons.filter(\.isUnfinished), notes: estimate ?? [], after: [])
            addWait(step, for: decision.address, milestones)
        }
    }

    /// What an earlier apply left on its way, unless a step waits for it already.
    mutating func awaitUnfinished() {
        let awaited = Set(
            steps.flatMap { step in if case .reach(let milestones) = step.work { milestones } else { [Milestone]() } })
        for decision in decisions where decision.reasons.contains(where: \.isUnfinished) {
            let milestone = Milestone(decision.address, is: .final)
            guard parts[decision.address]?.settle.isEmpty == true, !awaited.contains(milestone) else { continue }
            let step = Step(
                id: Step.ID(verb: .await, address: decision.address), work: .reach([milestone]), calls: [],
                summary: "await \(decision.address.sentence): \(decision.subject.definition.words.final)",
                impact: .none, reasons: decision.reasons.filter(\.isUnfinished), after: [])
            addWait(step, for: decision.address, [milestone])
        }
    }

    private mutating func addWait(_ step: Step, for address: ResourceAddress, _ milestones: [Milestone]) {
        let wait = add(step, .settle)
        precedence.need(parts[address]?.moved, before: wait)
        for dependency in graph.dependencies(of: address).map(\.address) + milestones.map(\.address) {
            precedence.need(parts[dependency]?.made, before: wait)
        }
        parts[address]?.settle.append(wait)
    }
}

extension Decision {
    /// New tasks come, beside earlier ones or not.
    fileprivate var bringsTasks: Bool {
        switch course {
        case .create, .replace: true
        case .update: impact == .rollsTasks
        case .keep, .revise, .delete, .forget, .refused: false
        }
    }

    fileprivate var isToSettle: Bool {
        changesAnything || adopted != nil || reasons.contains(where: \.isUnfinished)
    }
}

extension Reason {
    fileprivate var isUnfinished: Bool {
        if case .unfinished = self { true } else { false }
    }
}
