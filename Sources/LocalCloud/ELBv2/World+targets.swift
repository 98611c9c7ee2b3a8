package import LoadBalancing

/// What ECS asks of target groups, and what the load balancer finds out about targets.
extension World {
    package func targetGroup(_ arn: String) -> TargetGroupRecord? { balancing.targetGroups[arn] }

    /// Whether a listener or a rule forwards to the target group.
    package func isReachable(targetGroup arn: String) -> Bool { balancing.users[arn] != nil }

    /// In seconds; zero for a target group that does not exist.
    package func deregistrationDelay(of arn: String) -> Double {
        balancing.targetGroups[arn]?.deregistrationDelay ?? 0
    }

    /// Registers a target; one that is draining begins anew, and one that is registered stays as it is.
    ///
    /// - Parameter zone: `nil` when it is not known.
    package mutating func registerTarget(_ arn: String, address: String, port: Int, zone: String?, at now: Moment) {
        guard var group = balancing.targetGroups[arn] else { return }
        if let target = group.target(address, port) {
            if target.drainsUntil == nil { return }
            group.targets.removeAll { $0 == target }
        }
        group.targets.append(
            TargetRecord(id: address, port: port, zone: zone, registeredAt: now, health: .initial, drainsUntil: nil))
        balancing.targetGroups[arn] = group
    }

    /// Lets a target drain for the deregistration delay; one that receives nothing is gone at once.
    package mutating func deregisterTarget(_ arn: String, address: String, port: Int, at now: Moment) {
        guard var group = balancing.targetGroups[arn],
            let index = group.targets.firstIndex(where: { $0.id == address && $0.port == port }),
            group.targets[index].drainsUntil == nil
        else { return }
        let delay = group.deregistrationDelay
        if delay == 0 || balancing.whyUnused(group.targets[index], of: group) != nil {
            group.targets.remove(at: index)
        } else {
            group.targets[index].drainsUntil = now + delay
        }
        balancing.targetGroups[arn] = group
    }

    /// `nil` when it is not registered, or no longer.
    package func targetState(_ arn: String, address: String, port: Int) -> TargetState? {
        guard let group = balancing.targetGroups[arn], let target = group.target(address, port) else { return nil }
        if target.drainsUntil != nil { return .draining }
        if balancing.whyUnused(target, of: group) != nil { return .unused }
        switch target.health {
        case .initial: return .initial
        case .healthy: return .healthy
        case .unhealthy(let failure):
            return .unhealthy(reason: TargetHealthReport.failed(failure).description ?? "")
        }
    }

    /// Takes in what the load balancer's checks have found; of a target that is unknown, draining or unused it is
    /// passed over.
    package mutating func record(_ status: TargetStatus, of key: TargetKey, at now: Moment) {
        let arn = key.targetGroup.rawValue
        let health = TargetRecord.Health(status)
        guard var group = balancing.targetGroups[arn],
            let index = group.targets.firstIndex(where: {
                $0.id == key.target.address && $0.port == key.target.port
            })
        else { return }
        let target = group.targets[index]
        guard target.drainsUntil == nil, target.health != health, balancing.whyUnused(target, of: group) == nil
        else { return }
        group.targets[index].health = health
        balancing.targetGroups[arn] = group
    }
}
