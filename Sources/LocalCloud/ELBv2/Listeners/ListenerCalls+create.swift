import AttributeTree

/// The operations on listeners.
enum ListenerCalls {
    /// The most listeners of one load balancer.
    private static let quota = 50

    static func create(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let owner = try world.balancing.loadBalancer(in: input)
        let wanted = try record(from: input, of: owner, context)
        let siblings = world.balancing.listeners(of: owner.arn)
        if let found = siblings.first(where: { $0.port == wanted.port }) {
            guard found.hasSettings(of: wanted) else { throw .duplicateListener(of: owner.arn) }
            return ["Listeners": [found.output]]
        }
        try world.balancing.checkDestinations(of: wanted.defaultRule.action, for: owner.arn)
        guard siblings.count < quota else {
            throw .tooMany("TooManyListeners", "listeners per load balancer", limit: quota)
        }
        world.balancing.put(wanted)
        return ["Listeners": [wanted.output]]
    }

    private static func record(
        from input: AttributeValue, of owner: LoadBalancerRecord, _ context: CallContext
    ) throws(CloudFault) -> ListenerRecord {
        guard let port = input["Port"]?.intValue else { throw .validation("A listener port must be specified") }
        let transport = try transport(input)
        let security = try ListenerSecurity().changed(by: input, for: transport)
        let arn = BalancingResource.listener.arn(below: owner.arn, of: .loadBalancer, context.ids)
        var listener = ListenerRecord(
            arn: arn, loadBalancerARN: owner.arn, port: port, protocol: transport,
            defaultRule: RuleRecord(
                arn: "", listenerARN: arn, priority: nil, conditions: [],
                action: try RuleAction(input["DefaultActions"]), tags: Tags()),
            certificates: security.certificates, sslPolicy: security.policy, attributes: AttributeSettings(),
            tags: try Tags.checked(input["Tags"]))
        listener.defaultRule.arn = listener.newRuleARN(context.ids)
        return listener
    }

    static func transport(_ input: AttributeValue) throws(CloudFault) -> ApplicationProtocol {
        guard let name = input.text("Protocol") else {
            throw .validation("A listener protocol must be specified")
        }
        guard let transport = ApplicationProtocol(rawValue: name) else {
            throw .validation("Listener protocol '\(name)' must be one of 'HTTPS, HTTP'")
        }
        return transport
    }
}

extension CloudFault {
    static func duplicateListener(of loadBalancerARN: String) -> Self {
        CloudFault(
            "DuplicateListener", "A listener already exists on this port for this load balancer '\(loadBalancerARN)'")
    }
}
