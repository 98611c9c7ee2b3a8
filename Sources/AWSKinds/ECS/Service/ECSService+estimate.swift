import AttributeTree
import ResourceModel

extension ECSService {
    /// How long a deployment can be expected to take, as far as the manifests and AWS's defaults say it. AWS's guides do
    /// not agree on whether a new target must pass all of the checks or one: the longer time is what is said.
    static let expectedTimes: @Sendable (DesiredResource, DesiredSet, Bool) -> [String] = { service, set, isRolling in
        let groups = targetGroups(of: service).compactMap { set[$0]?.attributes }
        let containers = taskDefinition(of: service, set)?.attributes["containerDefinitions"]?.listValue ?? []
        let arrival = untilHealthy(groups, containers)
        return [arrival, isRolling ? untilGone(groups, containers) : nil].compactMap(\.self)
    }

    private static func untilHealthy(_ groups: [AttributeValue], _ containers: [AttributeValue]) -> String? {
        let slowest = groups.map(HealthCheckTiming.init).max { $0.untilHealthy < $1.untilHealthy }
        if let slowest {
            return "expect \(words(slowest.untilHealthy)) until new tasks are healthy: "
                + "\(slowest.healthyThreshold) health checks, \(words(slowest.interval)) apart"
        }
        guard !containers.isEmpty, containers.allSatisfy({ $0["healthCheck"] == nil }) else { return nil }
        return "expect \(words(withoutAnyCheck)) until new tasks that run count as healthy"
    }

    /// What ECS waits for where nothing checks the health of a task.
    private static let withoutAnyCheck = 40

    private static func untilGone(_ groups: [AttributeValue], _ containers: [AttributeValue]) -> String? {
        let delay = groups.map(deregistrationDelay).max() ?? 0
        guard delay > 0 else { return nil }
        let stop = containers.map { $0["stopTimeout"]?.intValue ?? standardStopTimeout }.max() ?? standardStopTimeout
        return
            "expect up to \(words(delay + stop)) until earlier tasks have left: a deregistration delay of \(words(delay)), "
            + "then up to \(words(stop)) to stop"
    }

    private static let standardStopTimeout = 30

    private static func deregistrationDelay(_ group: AttributeValue) -> Int {
        let key = "deregistration_delay.timeout_seconds"
        let written = group["attributes"]?[key]?.stringValue ?? ELBTargetGroup.attributeDefaults[key]
        return written.flatMap { Int($0) } ?? 0
    }

    /// `2m 30s`
    private static func words(_ seconds: Int) -> String {
        let parts = [(seconds / 60, "m"), (seconds % 60, "s")].filter { $0.0 > 0 }
        return parts.isEmpty ? "0s" : parts.map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }
}
