import AttributeTree

@testable import LocalCloud

extension SimulatedCloud {
    /// Everything that was made and is there, in lines that are the same however often it was tried: names in the place of
    /// ids, no times.
    var print: [String] {
        engine.read { world in
            let names = world.names
            return world.lines.map { line in
                names.reduce(line) { $0.replacing($1.arn, with: $1.name) }
            }.sorted()
        }
    }
}

extension World {
    /// Longest first: a listener's ARN begins as its load balancer's does.
    fileprivate var names: [(arn: String, name: String)] {
        let groups = balancing.targetGroups.values.map { ($0.arn, "group \($0.name)") }
        let balancers = balancing.loadBalancers.values.map { ($0.arn, "balancer \($0.name)") }
        return (groups + balancers).map { (arn: $0.0, name: $0.1) }.sorted { $0.arn.count > $1.arn.count }
    }

    fileprivate var lines: [String] { containerLines + balancingLines }

    private var containerLines: [String] {
        let clusters = containers.clusters.values.filter { $0.status == .active }
            .map { "cluster \($0.name) \($0.settings.value.jsonText()) \($0.tags.text)" }
        let definitions = containers.taskDefinitions.values
            .map { "revision \($0.family):\($0.revision) \($0.status) \($0.content.value.jsonText()) \($0.tags.text)" }
        let services = containers.services.values.filter { $0.status != .inactive }.map { service in
            let tasks = containers.tasks.values.filter { $0.serviceARN == service.arn && $0.isWanted }
            return "service \(service.name) \(service.status) \(service.settings.value.jsonText()) "
                + "\(service.tags.text) deployments \(service.deployments.count) tasks \(tasks.count)"
        }
        return clusters + definitions + services
    }

    private var balancingLines: [String] {
        let groups = balancing.targetGroups.values.map { group in
            "group \(group.name) \(group.protocol) \(group.port) \(group.healthCheck) "
                + "\(group.attributes.values.text) \(group.tags.text) targets \(group.targets.count)"
        }
        let balancers = balancing.loadBalancers.values.map { balancer in
            "balancer \(balancer.name) \(balancer.scheme) \(balancer.zones) \(balancer.securityGroups) "
                + "\(balancer.attributes.values.text) \(balancer.tags.text)"
        }
        let listeners = balancing.listeners.values.map { listener in
            "listener \(listener.loadBalancerARN) \(listener.port) \(listener.protocol) "
                + "\(listener.defaultRule.action) \(listener.attributes.values.text) \(listener.tags.text)"
        }
        let rules = balancing.rules.values.map { "rule \($0.priority ?? 0) \($0.conditions) \($0.action)" }
        return groups + balancers + listeners + rules
    }
}

extension Tags {
    fileprivate var text: String { values.text }
}

extension [String: String] {
    fileprivate var text: String { sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ") }
}
