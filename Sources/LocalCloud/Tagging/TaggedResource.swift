/// Something with an ARN and tags.
struct TaggedResource: Sendable, Hashable {
    var arn: String
    var tags: [String: String]

    /// Whether it is of a type such as `ecs`, `ecs:service` or `elasticloadbalancing:loadbalancer`.
    func isOf(type: String) -> Bool {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let wanted = type.split(separator: ":", maxSplits: 1)
        guard parts.count == 6, let service = wanted.first, parts[2] == service else { return false }
        guard wanted.count == 2 else { return true }
        let resource = parts[5]
        return resource == wanted[1] || resource.hasPrefix(wanted[1] + "/") || resource.hasPrefix(wanted[1] + ":")
    }
}

extension World {
    /// Whatever has tags, in the order of the ARNs. What is only remembered, such as an inactive service, is not told.
    var taggedResources: [TaggedResource] {
        var all = containerResources + balancingResources
        all += logs.groups.values.map {
            TaggedResource(arn: account.arn("logs", "log-group:\($0.name)"), tags: $0.tags)
        }
        all += parameters.parameters.values.map { TaggedResource(arn: $0.arn(account), tags: $0.tags.values) }
        all += parameters.secrets.values.map { TaggedResource(arn: $0.arn, tags: $0.tags.values) }
        all += network.securityGroups.values.map {
            TaggedResource(arn: account.arn("ec2", "security-group/\($0.id)"), tags: $0.tags.values)
        }
        return all.filter { !$0.tags.isEmpty }.sorted { $0.arn < $1.arn }
    }

    private var containerResources: [TaggedResource] {
        containers.clusters.values.filter { $0.status != .inactive }
            .map { TaggedResource(arn: $0.arn, tags: $0.tags.values) }
            + containers.taskDefinitions.values.map { TaggedResource(arn: $0.arn, tags: $0.tags.values) }
            + containers.services.values.filter { $0.status != .inactive }
            .map { TaggedResource(arn: $0.arn, tags: $0.tags.values) }
            + containers.tasks.values.filter { $0.lastStatus != .stopped }
            .map { TaggedResource(arn: $0.arn, tags: $0.tags.values) }
    }

    private var balancingResources: [TaggedResource] {
        balancing.loadBalancers.values.map { TaggedResource(arn: $0.arn, tags: $0.tags.values) }
            + balancing.targetGroups.values.map { TaggedResource(arn: $0.arn, tags: $0.tags.values) }
            + balancing.listeners.values.map { TaggedResource(arn: $0.arn, tags: $0.tags.values) }
            + balancing.rules.values.map { TaggedResource(arn: $0.arn, tags: $0.tags.values) }
    }
}
