import AttributeTree

extension ListenerCalls {
    static func describe(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let arns = input.texts("ListenerArns")
        guard !arns.isEmpty || input.says("LoadBalancerArn") else {
            throw .validation("You must specify either listener ARNs or a load balancer ARN")
        }
        guard arns.isEmpty || !input.says("LoadBalancerArn") else {
            throw .validation("Listener ARNs and a load balancer ARN cannot be specified at the same time")
        }
        var listeners: [ListenerRecord] = []
        if arns.isEmpty { listeners = world.balancing.listeners(of: try world.balancing.loadBalancer(in: input).arn) }
        for arn in arns { listeners.append(try world.balancing.listener(in: ["ListenerArn": .string(arn)])) }
        return try world.balancing.page(of: listeners.map(\.output), as: "Listeners", input)
    }

    /// A listener that speaks HTTP from then on forgets its certificates and its policy.
    static func modify(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed = try world.balancing.listener(in: input)
        if let port = input["Port"]?.intValue, port != changed.port {
            guard !world.balancing.listeners(of: changed.loadBalancerARN).contains(where: { $0.port == port }) else {
                throw .duplicateListener(of: changed.loadBalancerARN)
            }
            changed.port = port
        }
        if input.says("Protocol") { changed.protocol = try transport(input) }
        let security = try ListenerSecurity(certificates: changed.certificates, policy: changed.sslPolicy)
            .changed(by: input, for: changed.protocol)
        changed.certificates = security.certificates
        changed.sslPolicy = security.policy
        if input.says("DefaultActions") {
            changed.defaultRule.action = try RuleAction(input["DefaultActions"])
            try world.balancing.checkDestinations(
                of: changed.defaultRule.action, for: changed.loadBalancerARN)
        }
        world.balancing.put(changed)
        return ["Listeners": [changed.output]]
    }

    static func delete(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        world.balancing.removeListeners([try world.balancing.listener(in: input).arn])
        return [:]
    }

    static func describeAttributes(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let found = try world.balancing.listener(in: input)
        return ["Attributes": AttributeSchema.listener(found.protocol).list(found.attributes)]
    }

    static func modifyAttributes(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed = try world.balancing.listener(in: input)
        let schema = AttributeSchema.listener(changed.protocol)
        try schema.apply(input["Attributes"], to: &changed.attributes)
        world.balancing.put(changed)
        return ["Attributes": schema.list(changed.attributes)]
    }
}
