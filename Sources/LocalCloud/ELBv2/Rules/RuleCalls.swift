import AttributeTree

/// The operations on rules.
enum RuleCalls {
    /// The most rules of one load balancer, without the default ones.
    private static let quota = 100

    static func create(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let listener = try world.balancing.listener(in: input)
        try refuseTransforms(input)
        let priority = input["Priority"]?.intValue ?? 0
        let rule = RuleRecord(
            arn: listener.newRuleARN(context.ids), listenerARN: listener.arn, priority: priority,
            conditions: try RuleCondition.list(input["Conditions"]), action: try RuleAction(input["Actions"]),
            tags: try Tags.checked(input["Tags"]))
        guard !world.balancing.rules(of: listener.arn).contains(where: { $0.priority == priority }) else {
            throw .priorityInUse(priority)
        }
        try world.balancing.checkDestinations(of: rule.action, for: listener.loadBalancerARN)
        let siblings = Set(world.balancing.listeners(of: listener.loadBalancerARN).map(\.arn))
        guard world.balancing.rules.values.filter({ siblings.contains($0.listenerARN) }).count < quota else {
            throw .tooMany("TooManyRules", "rules per load balancer", limit: quota)
        }
        world.balancing.put(rule)
        return ["Rules": [rule.output]]
    }

    static func describe(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let arns = input.texts("RuleArns")
        guard !arns.isEmpty || input.says("ListenerArn") else {
            throw .validation("You must specify either listener rule ARNs or a listener ARN")
        }
        guard arns.isEmpty || !input.says("ListenerArn") else {
            throw .validation("Listener rule ARNs and a listener ARN cannot be specified at the same time")
        }
        var rules: [RuleRecord] = []
        if arns.isEmpty {
            let listener = try world.balancing.listener(in: input)
            rules = world.balancing.rules(of: listener.arn) + [listener.defaultRule]
        }
        for arn in arns {
            try BalancingResource.rule.check(arn)
            guard let rule = world.balancing.rule(arn) else { throw .rulesNotFound }
            rules.append(rule)
        }
        return try world.balancing.page(of: rules.map(\.output), as: "Rules", input)
    }

    static func modify(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var rule = try world.balancing.rule(in: input)
        try refuseTransforms(input)
        guard rule.priority != nil else { throw .defaultRule(rule.arn, cannotBe: "modified") }
        guard input.says("Conditions") || input.says("Actions") || input.says("ResetTransforms") else {
            throw .validation("Either conditions or actions must be specified")
        }
        if input.says("Conditions") { rule.conditions = try RuleCondition.list(input["Conditions"]) }
        if input.says("Actions") {
            rule.action = try RuleAction(input["Actions"])
            if let owner = world.balancing.listeners[rule.listenerARN]?.loadBalancerARN {
                try world.balancing.checkDestinations(of: rule.action, for: owner)
            }
        }
        world.balancing.put(rule)
        return ["Rules": [rule.output]]
    }

    static func delete(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let rule = try world.balancing.rule(in: input)
        guard rule.priority != nil else { throw .defaultRule(rule.arn, cannotBe: "deleted") }
        world.balancing.removeRule(rule.arn)
        return [:]
    }

    private static func refuseTransforms(_ input: AttributeValue) throws(CloudFault) {
        if input.says("Transforms") { throw .notImitated("transforms of requests") }
    }
}

extension CloudFault {
    static func priorityInUse(_ priority: Int) -> Self {
        CloudFault("PriorityInUse", "Priority '\(priority)' is currently in use")
    }

    static func defaultRule(_ arn: String, cannotBe done: String) -> Self {
        CloudFault("OperationNotPermitted", "Default rule '\(arn)' cannot be \(done)")
    }
}

extension ListenerRecord {
    /// `arn:…:listener-rule/app/name/…/…/…`
    func newRuleARN(_ ids: IDSource) -> String {
        BalancingResource.rule.arn(below: arn, of: .listener, ids)
    }
}
