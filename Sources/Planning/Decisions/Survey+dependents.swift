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

    /// What a resource that is replaced uses, and what takes its place cannot use beside it, is replaced too.
    mutating func replaceWhatIsClaimed() {
        for address in order {
            guard let decision = decisions[address], !decision.subject.definition.claims.isEmpty,
                isToBeReplaced(decision)
            else { continue }
            for used in graph.dependencies(of: address).map(\.address)
            where decision.subject.definition.claims.contains(used.kind) {
                guard var claimed = decisions[used], claimed.keepsIdentity, let id = claimed.identity?.id,
                    !decision.observed([id], in: decision.fields(referringTo: [used])).isEmpty
                else { continue }
                claimed.course = claimed.subject.isProtected ? .refused : .replace(.createFirst)
                claimed.reasons.removeAll { if case .unfinished = $0 { true } else { false } }
                claimed.reasons.append(.claimed(address))
                if claimed.subject.isProtected {
                    diagnostics.append(.protectedFromReplacement(claimed.subject, with: address))
                }
                decisions[used] = claimed
            }
        }
    }

    private func isToBeReplaced(_ decision: Decision) -> Bool {
        switch decision.course {
        case .replace(.createFirst): return true
        case .keep, .update:
            return (decision.subject.desired?.references ?? []).contains { reference in
                guard let target = reference.address, decisions[target]?.changesIdentity == true else { return false }
                return decision.subject.definition.schema.effect(at: reference.path) == .replace
            }
        case .replace(.deleteFirst), .create, .revise, .delete, .forget, .refused: return false
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

    /// Somebody outside of the manifests knows what is replaced by what it is.
    mutating func announceReplacements() {
        for address in order {
            guard let decision = decisions[address], case .replace = decision.course, let identity = decision.identity,
                let desired = decision.subject.desired, let notice = decision.subject.definition.replacementNotice
            else { continue }
            diagnostics.append(notice(desired, identity))
        }
    }

    /// A listener moves to a target group that was just made, and has no healthy target until tasks have moved there too:
    /// where that cannot be handed over.
    mutating func warnOfInterruptions() {
        for address in order {
            guard let decision = decisions[address], decision.course == .replace(.createFirst),
                decision.handover.isEmpty
            else { continue }
            let senders = graph.dependents(of: address).filter { decisions[$0]?.sendsElsewhere(than: address) ?? false }
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

    /// It is, and would go on being, what it is now.
    fileprivate var keepsIdentity: Bool {
        switch course {
        case .keep, .update: true
        case .create, .revise, .replace, .delete, .forget, .refused: false
        }
    }

    /// It sends requests to this resource, and is to send them to another one.
    fileprivate func sendsElsewhere(than address: ResourceAddress) -> Bool {
        guard course == .replace(.createFirst), let rule = subject.definition.handover else { return movesTraffic }
        return rule.part == .sends && rule.kinds.contains(address.kind)
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
