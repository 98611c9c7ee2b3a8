import AttributeTree

/// The operations on targets.
enum TargetCalls {
    private static let quota = 1000

    static func register(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let group = try world.balancing.targetGroup(in: input)
        let targets = try named(input, of: group)
        for target in targets { try check(target, for: group, in: world) }
        for target in targets {
            let zone = target.zone == "all" ? nil : target.zone
            world.registerTarget(
                group.arn, address: target.id, port: target.port,
                zone: zone ?? world.network.zone(of: target.id), at: context.now)
        }
        guard world.balancing.targetGroups[group.arn].map({ $0.targets.count <= quota }) ?? true else {
            throw .tooMany("TooManyTargets", "targets per target group", limit: quota)
        }
        return [:]
    }

    /// Passes over targets that are not registered.
    static func deregister(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let group = try world.balancing.targetGroup(in: input)
        for target in try named(input, of: group) {
            world.deregisterTarget(group.arn, address: target.id, port: target.port, at: context.now)
        }
        return [:]
    }

    static func describeHealth(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let state = world.balancing
        let group = try state.targetGroup(in: input)
        var descriptions: [AttributeValue] = []
        if input.says("Targets") {
            for wanted in try named(input, of: group) {
                let found = group.target(wanted.id, wanted.port)
                descriptions.append(
                    group.output(
                        found ?? TargetRecord(wanted, at: context.now),
                        found.map { state.report(on: $0, of: group, at: context.now) } ?? .notRegistered))
            }
        } else {
            descriptions = group.targets.map { group.output($0, state.report(on: $0, of: group, at: context.now)) }
        }
        return ["TargetHealthDescriptions": .list(descriptions)]
    }
}

extension TargetCalls {
    /// A target as a call names it.
    struct Name {
        var id: String
        var port: Int
        var zone: String?
    }

    private static func named(_ input: AttributeValue, of group: TargetGroupRecord) throws(CloudFault) -> [Name] {
        let targets = input["Targets"]?.listValue ?? []
        guard !targets.isEmpty else { throw .validation("A target must be specified") }
        return targets.map {
            Name(
                id: $0.text("Id") ?? "", port: $0["Port"]?.intValue ?? group.port,
                zone: $0.text("AvailabilityZone"))
        }
    }

    private static func check(_ target: Name, for group: TargetGroupRecord, in world: World) throws(CloudFault) {
        if let zone = target.zone, zone != "all", !world.account.zones.contains(zone) {
            throw .validation("Availability Zone '\(zone)' is not valid")
        }
        switch group.targetType {
        case .instance:
            guard target.id.hasPrefix("i-") else {
                throw CloudFault("InvalidTarget", "The target ID '\(target.id)' is not a valid instance ID")
            }
        case .ip:
            guard everywhere.contains(target.id) else {
                throw .validation("The IP address '\(target.id)' is not a valid IPv4 address")
            }
            guard ranges.contains(where: { $0.contains(target.id) }) else {
                throw .validation("The IP address '\(target.id)' is not within the IP ranges of targets")
            }
        }
    }

    private static let everywhere = IPv4Range(base: 0, prefix: 0)
    /// This machine, where AWS has the VPC, and what is private (RFC 1918, RFC 6598).
    private static let ranges = ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"]
        .compactMap { IPv4Range($0) }
}

extension TargetRecord {
    fileprivate init(_ name: TargetCalls.Name, at now: Moment) {
        self.init(id: name.id, port: name.port, zone: name.zone, registeredAt: now, health: .initial)
    }
}

extension TargetGroupRecord {
    fileprivate func output(_ target: TargetRecord, _ report: TargetHealthReport) -> AttributeValue {
        [
            "Target": .structure([
                "Id": .string(target.id), "Port": .int(target.port),
                "AvailabilityZone": target.zone.map { .string($0) },
            ]),
            "HealthCheckPort": .string(String(healthCheck.port ?? target.port)),
            "TargetHealth": .structure([
                "State": .string(report.state), "Reason": report.reason.map { .string($0) },
                "Description": report.description.map { .string($0) },
            ]),
            "AdministrativeOverride": [
                "State": "no_override", "Reason": "AdministrativeOverride.NoOverride",
                "Description": "No override is currently active on target",
            ],
        ]
    }
}
