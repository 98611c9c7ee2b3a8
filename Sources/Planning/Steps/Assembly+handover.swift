import AttributeTree
import ResourceModel

/// The steps of a handover: everything that refers to what is replaced is brought to refer to what takes its place too;
/// when requests can be answered there, they are sent there; and then nothing refers to what is replaced.
extension Assembly {
    func passageStep(_ decision: Decision, _ passage: Passage) -> Step {
        let rule = decision.subject.definition.handover
        return Step(
            id: Step.ID(verb: .update, address: decision.address, qualifier: Self.qualifier),
            work: .handOver(fields: passage.fields, attributes: passage.attributes),
            calls: decision.updateCalls(of: passage.fields),
            summary: "update \(decision.address.sentence) \(rule?.clause(passage.sources) ?? "")",
            impact: decision.impact, reasons: decision.reasons.ofTheChange, after: [])
    }

    /// Waits, between the two changes of everything that refers to what is replaced.
    mutating func addHandover(of decision: Decision) {
        let holders = decision.handover.compactMap { address in decisions.first { $0.address == address } }
        let serving = holders.filter { $0.subject.definition.handover?.part == .serves }
        let milestones = ([decision] + serving).map { Milestone($0.address, is: .final) }
        let names = serving.map(\.address.description).joined(separator: " and ")
        let wait = add(
            Step(
                id: Step.ID(verb: .await, address: decision.address, qualifier: Self.qualifier),
                work: .reach(milestones), calls: [],
                summary: "await \(names) with the new \(decision.address.kind.words) \(decision.address.name), before "
                    + "requests go there",
                impact: .none, reasons: [], notes: serving.flatMap(estimates), after: []), .settle)
        precedence.need(parts[decision.address]?.made, before: wait)
        for holder in holders {
            if holder.passage != nil {
                precedence.need(parts[holder.address]?.pass, before: wait)
                precedence.need(wait, before: parts[holder.address]?.make)
            }
            guard holder.subject.definition.handover?.part == .sends else { continue }
            // What it was sends to what is replaced for as long as it is there.
            for retire in parts[holder.address]?.retire ?? [] {
                precedence.need(wait, before: retire)
                for server in serving { precedence.need(retire, before: parts[server.address]?.make) }
            }
        }
    }

    private func estimates(_ decision: Decision) -> [String] {
        guard let desired = decision.subject.desired, decision.passage?.fields.isEmpty == false else { return [] }
        return decision.subject.definition.settling.flatMap { $0.estimate?(desired, request.desired, true) ?? [] }
    }

    private static let qualifier = "handover"
}
