import AttributeTree

extension TargetGroupCalls {
    static func describe(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let members = ["LoadBalancerArn", "TargetGroupArns", "Names"].filter(input.says)
        guard members.count <= 1 else {
            throw .validation(
                "Target group names, target group ARNs, and a load balancer ARN cannot be specified at the same time")
        }
        let state = world.balancing
        var found = Array(state.targetGroups.values)
        if input.says("LoadBalancerArn") {
            let user = try state.loadBalancer(in: input).arn
            found = found.filter { state.users[$0.arn] == user }
        } else if !members.isEmpty {
            let arns = input.texts("TargetGroupArns")
            let names = input.texts("Names")
            for arn in arns { try BalancingResource.targetGroup.check(arn) }
            found = found.filter { arns.contains($0.arn) || names.contains($0.name) }
            guard found.count == Set(arns + names).count else { throw .targetGroupsNotFound }
        }
        return try state.page(of: found.map(state.output), as: "TargetGroups", input)
    }

    static func modify(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed = try world.balancing.targetGroup(in: input)
        changed.healthCheck = try changed.healthCheck.changed(by: input, of: changed.targetType)
        world.balancing.targetGroups[changed.arn] = changed
        return ["TargetGroups": [world.balancing.output(changed)]]
    }

    /// Succeeds where there is no such target group.
    static func delete(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let arn = input.text("TargetGroupArn") ?? ""
        try BalancingResource.targetGroup.check(arn)
        guard world.balancing.users[arn] == nil else {
            throw CloudFault("ResourceInUse", "Target group '\(arn)' is currently in use by a listener or a rule")
        }
        world.balancing.targetGroups[arn] = nil
        return [:]
    }
}
