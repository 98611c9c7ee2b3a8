import AttributeTree
import ResourceGraph
import ResourceModel
import StateModel

/// How requests go on while what answers them is replaced.
///
/// Whether a handover is under way is not recorded: it is as long as something that sends requests is observed to refer
/// to what is replaced. So an apply that was killed in the midst of one is continued by the next plan.
extension Survey {
    mutating func arrangeHandovers() {
        var handovers: [ResourceAddress: [ResourceAddress]] = [:]
        for address in order {
            let leaving = leavingSenders(to: address)
            let holders = holders(of: address).filter { holder in
                !(leaving.contains(holder) && decisions[holder]?.course == .replace(.createFirst))
            }
            if canHandOver(address, holders, hasSender: !leaving.isEmpty) {
                handovers[address] = holders
            } else if !holders.isEmpty {
                let obstacle = obstacle(to: address, holders)
                decisions[address]?.obstacle = obstacle
            }
        }
        while !handovers.isEmpty {
            var passages: [ResourceAddress: Passage] = [:]
            var stuck: [ResourceAddress: String] = [:]
            for (holder, way) in ways(handovers) {
                switch way {
                case .passage(let passage): passages[holder] = passage
                case .none(let why): stuck[holder] = why
                }
            }
            guard !stuck.isEmpty else { return adopt(handovers, passages) }
            for (address, holders) in handovers {
                guard let holder = holders.first(where: { stuck[$0] != nil }), let why = stuck[holder] else { continue }
                decisions[address]?.obstacle = "\(holder) \(why)"
                handovers[address] = nil
            }
        }
    }

    private enum Way {
        case passage(Passage)
        case none(because: String)
    }

    /// Where nothing can be handed over, whatever the forms.
    private func obstacle(to address: ResourceAddress, _ holders: [ResourceAddress]) -> String {
        let rules = holders.compactMap { decisions[$0]?.subject.definition.handover }
        guard rules.contains(where: { $0.part == .serves }) else {
            return "nothing in the manifests answers the requests that it gets"
        }
        return "\(holders.map(\.description).joined(separator: " and ")) cannot refer to both for a while"
    }

    private mutating func adopt(
        _ handovers: [ResourceAddress: [ResourceAddress]], _ passages: [ResourceAddress: Passage]
    ) {
        for (address, holders) in handovers {
            let all = holders + leavingSenders(to: address).filter { !holders.contains($0) }
            decisions[address]?.handover = all
        }
        for (address, passage) in passages { decisions[address]?.passage = passage }
    }

    /// What stays, and is observed to refer to what a resource was before what it is or is to be.
    private func holders(of address: ResourceAddress) -> [ResourceAddress] {
        guard let decision = decisions[address], decision.subject.desired != nil, decision.course != .refused else {
            return []
        }
        let replaced = decision.replacedIdentifiers
        guard !replaced.isEmpty else { return [] }
        return graph.dependents(of: address).filter { holder in
            guard let decision = decisions[holder] else { return false }
            return !decision.observed(replaced, in: decision.fields(referringTo: [address])).isEmpty
        }
    }

    /// What sends requests to what a resource was, until it is deleted because it is replaced itself.
    private func leavingSenders(to address: ResourceAddress) -> [ResourceAddress] {
        guard let replaced = decisions[address]?.replacedIdentifiers, !replaced.isEmpty else { return [] }
        let scope = Set(order)
        return graph.dependents(of: address).filter { sender in
            guard let decision = decisions[sender], let rule = decision.subject.definition.handover,
                rule.part == .sends, rule.kinds.contains(address.kind)
            else { return false }
            return !decision.replacedIdentifiers.isEmpty && graph.dependents(of: sender).allSatisfy(scope.contains)
        }
    }

    /// Something sends requests, something has them answered, and everything that has to do with them can refer to both.
    private func canHandOver(_ address: ResourceAddress, _ holders: [ResourceAddress], hasSender: Bool) -> Bool {
        let rules = holders.map { holder -> HandoverRule? in
            guard let decision = decisions[holder], decision.course == .update else { return nil }
            return decision.subject.definition.handover.flatMap { $0.kinds.contains(address.kind) ? $0 : nil }
        }
        return !rules.contains { $0 == nil } && (hasSender || rules.contains { $0?.part == .sends })
            && rules.contains { $0?.part == .serves }
    }

    /// How everything that refers to what is handed over gets there.
    private func ways(_ handovers: [ResourceAddress: [ResourceAddress]]) -> [ResourceAddress: Way] {
        var sources: [ResourceAddress: [ResourceAddress]] = [:]
        for (address, holders) in handovers {
            for holder in holders { sources[holder, default: []].append(address) }
        }
        return Dictionary(uniqueKeysWithValues: sources.map { ($0, way(of: $0, from: $1.sorted(), handovers)) })
    }

    private func way(
        of holder: ResourceAddress, from sources: [ResourceAddress],
        _ handovers: [ResourceAddress: [ResourceAddress]]
    ) -> Way {
        guard let decision = decisions[holder], let desired = decision.subject.desired,
            let observed = decision.subject.observed, let rule = decision.subject.definition.handover
        else { return .none(because: "is not there") }
        let referring = decision.fields(referringTo: sources)
        let replaced = sources.map { source in
            (source.name, decision.observed(reachable(of: source, handovers[source] ?? []), in: referring))
        }
        let form: AttributeValue
        switch rule.form(desired.attributes, observed.attributes, Dictionary(replaced) { $0 + $1 }) {
        case .attributes(let attributes): form = attributes
        case .impossible(let why): return .none(because: why)
        }
        var passage = Passage(sources: sources, attributes: form, fields: decision.changedFields, referring: referring)
        if !sources.contains(where: { decisions[$0]?.changesIdentity ?? false }) {
            var intermediate = desired
            intermediate.attributes = form
            let left = findings(
                decision.subject.definition, intermediate, recorded: decision.subject.recorded, observed: observed)
            let names = Set(left.compactMap(\.difference.path.fieldNames.first))
            passage.fields = decision.changedFields.filter(names.contains)
        }
        return .passage(passage)
    }
}

extension Survey {
    /// What a resource was, as far as requests are still sent there: nothing else has to go on.
    private func reachable(of source: ResourceAddress, _ holders: [ResourceAddress]) -> [String] {
        let replaced = decisions[source]?.replacedIdentifiers ?? []
        let leaving = leavingSenders(to: source).compactMap { decisions[$0] }
        let holders = holders.compactMap { decisions[$0] }
        let senders = leaving + holders.filter { $0.subject.definition.handover?.part == .sends }
        // Where something sends that was replaced already is not observed: to what still serves, perhaps.
        let isSentUnseen = leaving.contains { $0.course != .replace(.createFirst) || $0.hasEarlierReplaced }
        return replaced.filter { identifier in
            (isSentUnseen ? senders + holders : senders).contains {
                !$0.observed([identifier], in: $0.fields(referringTo: [source])).isEmpty
            }
        }
    }
}

extension Decision {
    /// What the resource was before what it is or is to be, as far as it is to be deleted: by what others refer to it.
    fileprivate var replacedIdentifiers: [String] {
        let earlier = earlier.filter { $0.reason == .replaced }.map(\.identity.id)
        return course == .replace(.createFirst) ? [identity?.id].compactMap(\.self) + earlier : earlier
    }

    fileprivate var hasEarlierReplaced: Bool { earlier.contains { $0.reason == .replaced } }

    /// The top-level fields in which the manifest refers to these, in the order of the schema.
    func fields(referringTo addresses: [ResourceAddress]) -> [String] {
        let references = (subject.desired?.references ?? []).filter { $0.address.map(addresses.contains) ?? false }
        let names = Set(references.compactMap(\.path.fieldNames.first))
        return subject.definition.schema.spec.fields.map(\.name).filter(names.contains)
    }

    /// Which of these identifiers the cloud has in one of these fields.
    func observed(_ identifiers: [String], in fields: [String]) -> [String] {
        let texts = Set(fields.flatMap { subject.observed?.attributes[$0]?.texts ?? [] })
        return identifiers.filter(texts.contains)
    }
}
