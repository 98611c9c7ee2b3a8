import AttributeTree

/// The operations on tags, which name resources of all kinds by their ARNs.
enum BalancingTagCalls {
    /// The most ARNs in one call.
    private static let limit = 20

    static func add(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        for arn in try resources(input) {
            let tags = try world.balancing.tags(of: arn).adding(input["Tags"])
            world.balancing.setTags(tags, of: arn)
        }
        return [:]
    }

    static func remove(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        for arn in try resources(input) {
            var tags = try world.balancing.tags(of: arn)
            for key in input.texts("TagKeys") { tags.values[key] = nil }
            world.balancing.setTags(tags, of: arn)
        }
        return [:]
    }

    static func describe(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var descriptions: [AttributeValue] = []
        for arn in try resources(input) {
            descriptions.append([
                "ResourceArn": .string(arn), "Tags": try world.balancing.tags(of: arn).list(.upper),
            ])
        }
        return ["TagDescriptions": .list(descriptions)]
    }

    private static func resources(_ input: AttributeValue) throws(CloudFault) -> [String] {
        let arns = input.texts("ResourceArns")
        guard !arns.isEmpty else { throw .validation("A resource ARN must be specified") }
        guard arns.count <= limit else {
            throw .validation("The number of resource ARNs '\(arns.count)' exceeds the limit of '\(limit)'")
        }
        return arns
    }
}

extension BalancingState {
    fileprivate func tags(of arn: String) throws(CloudFault) -> Tags {
        switch BalancingResource(arn: arn) {
        case .loadBalancer:
            guard let found = loadBalancers[arn] else { throw .loadBalancerNotFound([arn]) }
            return found.tags
        case .targetGroup:
            guard let found = targetGroups[arn] else { throw .targetGroupsNotFound }
            return found.tags
        case .listener:
            guard let found = listeners[arn] else { throw .listenersNotFound }
            return found.tags
        case .rule:
            guard let found = rule(arn) else { throw .rulesNotFound }
            return found.tags
        case nil: throw .malformedARN(arn, of: "resource")
        }
    }

    /// Gives a resource that exists other tags.
    fileprivate mutating func setTags(_ tags: Tags, of arn: String) {
        loadBalancers[arn]?.tags = tags
        targetGroups[arn]?.tags = tags
        if var listener = listeners[arn] {
            listener.tags = tags
            put(listener)
        }
        guard var rule = rule(arn) else { return }
        rule.tags = tags
        put(rule)
    }
}
