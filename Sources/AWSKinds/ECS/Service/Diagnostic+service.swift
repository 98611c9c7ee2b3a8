import Diagnostics
import ResourceModel

extension Diagnostic {
    static func unreachableTargetGroup(
        _ service: DesiredResource, _ group: ResourceAddress, at range: SourceRange?
    ) -> Diagnostic {
        Diagnostic(
            .error,
            "\(service.words) registers its tasks with target group \"\(group.name)\", which no listener forwards to",
            at: range,
            help: [
                "AWS refuses such a service: give a listener a default action that forwards to \"\(group.name)\", with "
                    + "weight 0 if no requests are to go there yet"
            ])
    }

    static func unknownPort(
        _ port: Int, of container: String, in definition: DesiredResource, _ ports: [Int], at range: SourceRange?
    ) -> Diagnostic {
        let all = ports.map(String.init).joined(separator: ", ")
        return Diagnostic(
            .error, "container \"\(container)\" of \(definition.words) has no container port \(port)", at: range,
            help: [
                ports.isEmpty
                    ? "add it to the \"portMappings\" of the container"
                    : "it has the container \(ports.count == 1 ? "port" : "ports") \(all)"
            ])
    }

    static func instanceTargets(
        _ service: DesiredResource, _ group: DesiredResource, at range: SourceRange?, related: SourceRange?
    ) -> Diagnostic {
        Diagnostic(
            .error, "the tasks of \(service.words) have addresses of their own, and \(group.words) takes instances",
            at: range, related: [Related("the target group is here", at: related)],
            help: ["write \"targetType: ip\" in the target group: the network mode \"awsvpc\" needs it"])
    }

    static func networkMissing(
        _ service: DesiredResource, _ definition: DesiredResource, at range: SourceRange?
    ) -> Diagnostic {
        Diagnostic(
            .error,
            "\(service.words) has no \"networkConfiguration\", which the network mode of \(definition.words) needs",
            at: range, help: ["write \"networkConfiguration: {awsvpcConfiguration: {subnets: default}}\""])
    }

    static func networkUnused(
        _ service: DesiredResource, _ definition: DesiredResource, mode: String, at range: SourceRange?
    ) -> Diagnostic {
        Diagnostic(
            .error,
            "\(service.words) has a \"networkConfiguration\", and the network mode of \(definition.words) is "
                + "\"\(mode)\"",
            at: range, help: ["leave it out, or write \"networkMode: awsvpc\" in the task definition"])
    }

    static func notForFargate(
        _ service: DesiredResource, _ definition: DesiredResource, at range: SourceRange?
    ) -> Diagnostic {
        Diagnostic(
            .error, "\(service.words) runs on Fargate, and \(definition.words) is not for it", at: range,
            help: ["write \"requiresCompatibilities: [FARGATE]\" in the task definition"])
    }

    static func launchTypeBesideStrategy(_ service: DesiredResource, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "\(service.words) has both \"launchType\" and \"capacityProviderStrategy\"", at: range,
            help: ["leave one of them out"])
    }

    static func daemonWithCount(_ service: DesiredResource, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "\(service.words) is a daemon and has a \"desiredCount\"", at: range,
            help: ["leave it out: a daemon runs one task on every instance"])
    }

    static func graceWithoutTargets(_ service: DesiredResource, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error,
            "\(service.words) has a grace period for health checks of a load balancer, and no \"loadBalancers\"",
            at: range, help: ["leave \"healthCheckGracePeriodSeconds\" out"])
    }

    static func graceTooShort(
        _ grace: Int, _ group: DesiredResource, _ timing: HealthCheckTiming, at range: SourceRange?
    ) -> Diagnostic {
        Diagnostic(
            .warning,
            "a task has \(grace) seconds of grace, and \(group.words) calls none healthy in less than "
                + "\(timing.untilHealthy): \(timing.healthyThreshold) checks, \(timing.interval) seconds apart",
            at: range,
            help: [
                "raise \"healthCheckGracePeriodSeconds\" to \(timing.untilHealthy) and the time the container takes to "
                    + "start"
            ])
    }
}
