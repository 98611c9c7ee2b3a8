import AttributeTree
import ResourceGraph
import ResourceModel
import StateModel

/// What the change of one resource means for the others.
extension Survey {
    /// A resource that is adopted under another address is not deleted under the one it had.
    mutating func forgetWhatWasTakenOver() {
        let adopted = Set(decisions.values.compactMap { $0.adopted?.identity.id })
        guard !adopted.isEmpty else { return }
        for (address, decision) in decisions where decision.course == .delete {
            if let id = decision.identity?.id, adopted.contains(id) { decisions[address]?.course = .forget }
        }
    }

    /// Whoever refers to a resource that gets another identity is changed too, and so on along the graph.
    mutating func tellDependents() {
        for address in order {
            guard var decision = decisions[address], let desired = decision.subject.desired else { continue }
            switch decision.course {
            case .keep, .update, .revise: break
            case .replace, .create, .delete, .forget, .refused: continue
            }
            let moved = desired.references.filter { reference in
                guard let target = reference.address, decisions[target]?.changesIdentity == true else { return false }
                return !decision.findings.contains { finding in
                    reference.path.fieldNames.starts(with: finding.difference.path.fieldNames)
                }
            }
            guard !moved.isEmpty else { continue }
            decision.moved = moved.map(\.path)
            decision.reasons.removeAll { if case .unfinished = $0 { true } else { false } }
            decision.reasons += Set(moved.compactMap(\.address)).sorted().map { .dependencyReplaced($0) }
            settleCourse(&decision)
            decisions[address] = decision
        }
    }

    /// What is deleted before it is made again takes those that depend on it along: they have to be planned too.
    mutating func refuseToLeaveBehind() {
        let scope = Set(order)
        for address in order {
            guard let decision = decisions[address], decision.course == .replace(.deleteFirst) else { continue }
            let left = graph.dependents(of: address).filter {
                !scope.contains($0) && request.recorded.resources[$0] != nil
            }
            if !left.isEmpty { diagnostics.append(.leftBehind(decision.subject, left)) }
        }
    }

    /// A listener moves to a target group that was just made, and has no healthy target until tasks have moved there too:
    /// where that cannot be handed over.
    mutating func warnOfInterruptions() {
        for address in order {
            guard let decision = decisions[address], decision.course == .replace(.createFirst),
                decision.handover.isEmpty
            else { continue }
            let senders = graph.dependents(of: address).filter { decisions[$0]?.movesTraffic ?? false }
            guard !senders.isEmpty else { continue }
            diagnostics.append(.interruption(decision, senders: senders))
        }
    }

    /// What is to be deleted behind a change: what it replaces, what an earlier one replaced, and revisions beyond those
    /// that are kept. Nothing while a resource that is not planned now may still refer to it.
    mutating func retire(within scope: Set<ResourceAddress>) {
        let needed = identitiesNeededForRollbacks
        for address in order {
            guard var decision = decisions[address], decision.subject.desired != nil,
                decision.course != .refused, graph.dependents(of: address).allSatisfy(scope.contains)
            else { continue }
            let leftover = decision.superfluous.filter { $0.reason != .revision || !needed.contains($0.identity.id) }
            if decision.retires != .revision, !leftover.isEmpty {
                decision.reasons.append(.retired(count: leftover.count))
            }
            decision.retired = leftover
            if decision.retires == .replaced, let current = decision.current { decision.retired.append(current) }
            decisions[address] = decision
        }
    }
}

extension Decision {
    /// What the resource was before what it is.
    var earlier: [RetiredIdentity] {
        (subject.recorded?.retired ?? []).filter { $0.identity.id != identity?.id }
    }

    /// What becomes of the identity that the resource has, when it gets another.
    fileprivate var retires: RetiredIdentity.Reason? {
        switch course {
        case .revise: .revision
        case .replace(.createFirst): .replaced
        case .replace(.deleteFirst), .keep, .create, .update, .delete, .forget, .refused: nil
        }
    }

    fileprivate var current: RetiredIdentity? {
        guard let identity, let cloudName, let retires else { return nil }
        return RetiredIdentity(identity: identity, cloudName: cloudName, reason: retires)
    }

    /// Earlier identities that nothing needs.
    fileprivate var superfluous: [RetiredIdentity] {
        let retired = earlier
        let replaced = retired.filter { $0.reason == .replaced }
        guard case .newRevision(let field, let standard) = subject.definition.verbs.updateStyle else { return replaced }
        let keep = subject.desired?.attributes[field]?.intValue ?? standard
        let revisions = retired.filter { $0.reason == .revision }
        let all = retires == .revision ? [current].compactMap(\.self) + revisions : revisions
        return replaced + all.dropFirst(max(0, keep))
    }
}
