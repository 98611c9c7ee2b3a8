import ResourceGraph
import ResourceModel
import StateModel

/// What comes before what.
extension Assembly {
    /// A resource is made after those it depends on, and under a name that is free.
    mutating func orderMaking() {
        for decision in decisions {
            guard let parts = parts[decision.address] else { continue }
            precedence.need(parts.adopt, before: parts.make)
            precedence.need(parts.delete, before: parts.make)
            precedence.need(parts.adopt, before: parts.pass)
            precedence.need(parts.pass, before: parts.make)
            for dependency in graph.dependencies(of: decision.address) {
                guard let before = self.parts[dependency.address] else { continue }
                for step in [parts.adopt, parts.pass, parts.make] { precedence.need(before.ready, before: step) }
                if parts.isPassing, before.isPassing { precedence.need(before.make, before: parts.make) }
            }
        }
    }

    /// A resource is deleted after those that were made after it, and after those that stay have moved away from it.
    mutating func orderDeletion() {
        for decision in decisions {
            let dependent = decision.address
            let desired = Set(graph.dependencies(of: dependent).map(\.address))
            let held = Set(decision.subject.recorded?.dependencies ?? []).union(
                decision.subject.recorded == nil || decision.course == .keep ? desired : [])
            for address in held { orderDeletion(of: address, heldBy: dependent, isKept: desired.contains(address)) }
            for address in desired.subtracting(held) {
                for retire in parts[address]?.retire ?? [] {
                    precedence.prefer(parts[dependent]?.moved, before: retire)
                }
            }
            if let own = parts[dependent] {
                for retire in own.retire { precedence.prefer(own.moved, before: retire) }
            }
            if decision.course == .delete { deleteAfterTrafficMoved(decision, held) }
        }
    }

    private mutating func orderDeletion(
        of address: ResourceAddress, heldBy dependent: ResourceAddress, isKept: Bool
    ) {
        guard let target = parts[address], let holder = parts[dependent] else { return }
        let gone = [holder.delete].compactMap(\.self) + holder.retire
        for deletion in [target.delete].compactMap(\.self) + target.retire {
            for earlier in gone { precedence.need(earlier, before: deletion) }
        }
        for retire in target.retire { precedence.prefer(holder.moved, before: retire) }
        if holder.delete == nil, !isKept || request.goal == .destroy {
            precedence.prefer(holder.moved, before: target.delete)
        }
    }

    /// A service goes after the listener has been changed to forward elsewhere than to the target group they share.
    private mutating func deleteAfterTrafficMoved(_ decision: Decision, _ held: Set<ResourceAddress>) {
        let through = Set(decision.subject.definition.hiddenDependencies.flatMap(\.through))
        for address in held where through.contains(address.kind) {
            let kept = Set(graph.dependencies(of: address).map(\.address))
            let left = Set(request.recorded.resources[address]?.dependencies ?? []).subtracting(kept)
            guard !left.isDisjoint(with: held) else { continue }
            precedence.prefer(parts[address]?.make, before: parts[decision.address]?.delete)
        }
    }
}
