import AttributeTree
import Diagnostics
import ResourceModel

extension ECSService {
    static let checks: [@Sendable (DesiredResource, DesiredSet) -> [Diagnostic]] = [
        { service, set in targets(of: service).flatMap { checkReachable(service, $0, set) } },
        { service, set in
            guard let definition = taskDefinition(of: service, set) else { return [] }
            return targets(of: service).flatMap { checkContainer(service, $0.path, definition) }
                + targets(of: service).compactMap { checkTargetType(service, $0, definition, set) }
                + checkNetwork(service, definition) + checkLaunchType(service, definition)
        },
        { service, _ in checkPlacement(service) },
        { service, set in checkGracePeriod(service, set) },
    ]

    /// An element of `loadBalancers` that refers to a managed target group.
    private struct Target {
        var path: AttributePath
        var group: ResourceAddress
    }

    private static func targets(of service: DesiredResource) -> [Target] {
        service.elements("loadBalancers").compactMap { path, _ in
            service.reference(at: path.member("targetGroup")).map { Target(path: path, group: $0) }
        }
    }

    static func taskDefinition(of service: DesiredResource, _ set: DesiredSet) -> DesiredResource? {
        service.reference(at: "taskDefinition").flatMap { set[$0] }
    }

    private static func checkReachable(
        _ service: DesiredResource, _ target: Target, _ set: DesiredSet
    ) -> [Diagnostic] {
        let isReachable = set.referrers[target.group]?.contains { $0.kind == .listener } ?? false
        // A rule that is named here forwards to it, and is not managed here.
        let hasRule = service.attributes[target.path]?["advancedConfiguration"]?["productionListenerRule"] != nil
        guard !isReachable, !hasRule else { return [] }
        return [.unreachableTargetGroup(service, target.group, at: service.place(target.path.member("targetGroup")))]
    }

    private static func checkContainer(
        _ service: DesiredResource, _ path: AttributePath, _ definition: DesiredResource
    ) -> [Diagnostic] {
        guard let name = service.attributes[path.member("containerName")]?.stringValue else { return [] }
        let containers = definition.attributes["containerDefinitions"]?.listValue ?? []
        guard let container = containers.first(where: { $0["name"]?.stringValue == name }) else {
            let names = containers.compactMap { $0["name"]?.stringValue }
            return [.unknownContainer(name, in: definition, names, at: service.place(path.member("containerName")))]
        }
        guard let port = service.attributes[path.member("containerPort")]?.intValue else { return [] }
        let mappings = container["portMappings"]?.listValue ?? []
        let ports = mappings.compactMap { $0["containerPort"]?.intValue }
        // A range of ports is for AWS to judge.
        guard !ports.contains(port), !mappings.contains(where: { $0["containerPortRange"] != nil }) else { return [] }
        return [.unknownPort(port, of: name, in: definition, ports, at: service.place(path.member("containerPort")))]
    }

    private static func checkTargetType(
        _ service: DesiredResource, _ target: Target, _ definition: DesiredResource, _ set: DesiredSet
    ) -> Diagnostic? {
        guard ECSTaskDefinition.networkMode(definition.attributes) == "awsvpc", let group = set[target.group],
            ELBTargetGroup.targetType(group.attributes) == "instance"
        else { return nil }
        return .instanceTargets(
            service, group, at: service.place(target.path.member("targetGroup")),
            related: group.attributes["targetType"] == nil ? group.source.resource : group.place("targetType"))
    }

    private static func checkNetwork(_ service: DesiredResource, _ definition: DesiredResource) -> [Diagnostic] {
        let hasNetwork = service.attributes["networkConfiguration"]?["awsvpcConfiguration"] != nil
        switch (ECSTaskDefinition.networkMode(definition.attributes), hasNetwork) {
        case ("awsvpc", false): return [.networkMissing(service, definition, at: service.place("taskDefinition"))]
        case ("awsvpc", true): return []
        case (let mode, true):
            return [.networkUnused(service, definition, mode: mode, at: service.place("networkConfiguration"))]
        case (_, false): return []
        }
    }

    private static func checkLaunchType(_ service: DesiredResource, _ definition: DesiredResource) -> [Diagnostic] {
        guard !ECSTaskDefinition.isForFargate(definition.attributes) else { return [] }
        if service.attributes["launchType"] == "FARGATE" {
            return [.notForFargate(service, definition, at: service.place("launchType"))]
        }
        let provider = service.elements("capacityProviderStrategy").map { $0.path.member("capacityProvider") }
            .first { ["FARGATE", "FARGATE_SPOT"].contains(service.attributes[$0]?.stringValue) }
        return provider.map { [.notForFargate(service, definition, at: service.place($0))] } ?? []
    }

    private static func checkPlacement(_ service: DesiredResource) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        let strategy = service.attributes["capacityProviderStrategy"]?.listValue ?? []
        if service.attributes["launchType"] != nil, !strategy.isEmpty {
            diagnostics.append(.launchTypeBesideStrategy(service, at: service.place("launchType")))
        }
        if service.attributes["schedulingStrategy"] == "DAEMON", service.attributes["desiredCount"] != nil {
            diagnostics.append(.daemonWithCount(service, at: service.place("desiredCount")))
        }
        return diagnostics
    }

    private static func checkGracePeriod(_ service: DesiredResource, _ set: DesiredSet) -> [Diagnostic] {
        guard let grace = service.attributes["healthCheckGracePeriodSeconds"]?.intValue, grace > 0 else { return [] }
        let place = service.place("healthCheckGracePeriodSeconds")
        if service.elements("loadBalancers").isEmpty { return [.graceWithoutTargets(service, at: place)] }
        let timings = targets(of: service).compactMap { target in
            set[target.group].map { (group: $0, timing: HealthCheckTiming($0.attributes)) }
        }
        return timings.filter { grace < $0.timing.untilHealthy }.map {
            .graceTooShort(grace, $0.group, $0.timing, at: place)
        }
    }
}
