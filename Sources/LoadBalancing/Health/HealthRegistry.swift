/// Which targets are asked for their health, and what is known of them.
struct HealthRegistry: Sendable {
    /// A target that is asked in one way. When the way changes, there is another registration.
    struct Registration: Sendable, Hashable {
        let id: Int
        let check: HealthCheck
    }

    private(set) var registrations: [TargetKey: Registration] = [:]
    private(set) var statuses: [TargetKey: TargetStatus] = [:]
    private var health: [TargetKey: TargetHealth] = [:]
    private var nextID = 0

    /// Targets that are not active are forgotten: one that becomes active again is new.
    mutating func update(_ targetGroups: [TargetGroupID: TargetGroupConfiguration]) {
        var wanted: [TargetKey: Registration] = [:]
        for (id, group) in targetGroups {
            guard let check = group.healthCheck else { continue }
            for (target, mode) in group.targets where mode == .active {
                let key = TargetKey(id, target)
                if let known = registrations[key], known.check == check {
                    wanted[key] = known
                } else {
                    wanted[key] = Registration(id: nextID, check: check)
                    nextID += 1
                }
            }
        }
        registrations = wanted
        health = wanted.reduce(into: [:]) { $0[$1.key] = health[$1.key] ?? TargetHealth() }
        statuses = health.mapValues(\.status)
    }

    /// Does nothing where the target is no longer asked in this way.
    mutating func record(
        _ result: ProbeResult, of key: TargetKey, by registration: Registration
    ) -> TargetHealth.Action {
        guard registrations[key] == registration, let action = health[key]?.record(result, of: registration.check)
        else { return .nothing }
        if case .report(let status) = action { statuses[key] = status }
        return action
    }
}
