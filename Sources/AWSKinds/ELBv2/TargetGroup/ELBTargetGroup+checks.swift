import AttributeTree
import Diagnostics
import ResourceModel

extension ELBTargetGroup {
    static let checks: [@Sendable (DesiredResource, DesiredSet) -> [Diagnostic]] = [
        { group, _ in
            guard group.cloudName.contains("--") else { return [] }
            let place = group.attributes["name"] == nil ? group.source.resource : group.place("name")
            return [.doubleHyphen(group, at: place)]
        },
        { group, _ in checkAddress(group) },
        { group, _ in checkTimeout(group) },
    ]

    static func targetType(_ attributes: AttributeValue) -> String {
        attributes["targetType"]?.stringValue ?? "instance"
    }

    /// What a target is spoken to with, which only a Lambda function does not need.
    private static func checkAddress(_ group: DesiredResource) -> [Diagnostic] {
        guard targetType(group.attributes) != "lambda" else { return [] }
        return ["protocol", "port"].filter { group.attributes[$0] == nil }.map {
            .missingTargetField(group, $0, at: group.source.resource)
        }
    }

    private static func checkTimeout(_ group: DesiredResource) -> [Diagnostic] {
        let check = HealthCheckTiming(group.attributes)
        guard check.timeout >= check.interval else { return [] }
        let field = group.attributes["healthCheckTimeoutSeconds"] == nil ? "Interval" : "Timeout"
        return [
            .timeoutNotBelowInterval(check, at: group.place(AttributePath.root.member("healthCheck\(field)Seconds")))
        ]
    }
}

/// When a target becomes healthy, as its target group is configured. In seconds.
struct HealthCheckTiming: Sendable {
    var interval: Int
    var timeout: Int
    var healthyThreshold: Int

    init(_ group: AttributeValue) {
        interval = group["healthCheckIntervalSeconds"]?.intValue ?? 30
        timeout = group["healthCheckTimeoutSeconds"]?.intValue ?? 5
        healthyThreshold = group["healthyThresholdCount"]?.intValue ?? 5
    }

    /// The least time until a new target is healthy.
    var untilHealthy: Int { interval * healthyThreshold }
}

extension Diagnostic {
    static func doubleHyphen(_ group: DesiredResource, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "the name \"\(group.cloudName)\" of a target group has two hyphens in a row", at: range,
            help: ["AWS refuses that: write one"])
    }

    static func missingTargetField(_ group: DesiredResource, _ field: String, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "\(group.words) has no \"\(field)\"", at: range,
            help: [field == "port" ? "write the port of the container" : "write \"protocol: HTTP\""])
    }

    static func timeoutNotBelowInterval(_ check: HealthCheckTiming, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error,
            "a health check every \(check.interval) seconds cannot wait \(check.timeout) seconds for an answer",
            at: range,
            help: ["make \"healthCheckTimeoutSeconds\" less than \"healthCheckIntervalSeconds\""])
    }
}
