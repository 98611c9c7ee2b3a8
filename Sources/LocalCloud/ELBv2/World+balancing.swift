extension World {
    /// Load balancers become active, and targets that have drained are gone.
    mutating func advanceBalancing(to now: Moment) {
        for var balancer in balancing.loadBalancers.values where balancer.activeAt.map({ $0 <= now }) ?? false {
            balancer.activeAt = nil
            balancing.loadBalancers[balancer.arn] = balancer
        }
        for group in balancing.targetGroups.values where group.targets.contains(where: { $0.hasDrained(by: now) }) {
            var group = group
            group.targets.removeAll { $0.hasDrained(by: now) }
            balancing.targetGroups[group.arn] = group
        }
    }

    /// When the next load balancer becomes active, or the next target has drained.
    func nextBalancingChange(after now: Moment) -> Moment? {
        let activations = balancing.loadBalancers.values.lazy.compactMap(\.activeAt)
        let drained = balancing.targetGroups.values.lazy.flatMap(\.targets).compactMap(\.drainsUntil)
        return [activations.min(), drained.min()].compactMap { $0 }.min()
    }
}

extension TargetRecord {
    fileprivate func hasDrained(by now: Moment) -> Bool {
        drainsUntil.map { $0 <= now } ?? false
    }
}
