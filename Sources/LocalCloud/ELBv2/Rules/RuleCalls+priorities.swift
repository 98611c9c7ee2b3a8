import AttributeTree

extension RuleCalls {
    /// Gives rules other priorities, all at once: they may change places.
    static func setPriorities(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed: [String: RuleRecord] = [:]
        for pair in input["RulePriorities"]?.listValue ?? [] {
            var rule = try world.balancing.rule(in: pair)
            guard rule.priority != nil else { throw .defaultRule(rule.arn, cannotBe: "given another priority") }
            guard let priority = pair["Priority"]?.intValue else {
                throw .validation("A priority must be specified")
            }
            rule.priority = priority
            guard changed.updateValue(rule, forKey: rule.arn) == nil else {
                throw .validation("Rule '\(rule.arn)' was provided multiple times")
            }
        }
        guard !changed.isEmpty else { throw .validation("A rule priority must be specified") }
        for listener in Set(changed.values.map(\.listenerARN)) {
            try check(changed, of: listener, in: world)
        }
        let rules = changed.values.sorted { ($0.priority ?? 0, $0.arn) < ($1.priority ?? 0, $1.arn) }
        for rule in rules { world.balancing.put(rule) }
        return ["Rules": .list(rules.map(\.output))]
    }

    /// - Throws: a refusal when two rules of a listener would have the same priority.
    private static func check(
        _ changed: [String: RuleRecord], of listener: String, in world: World
    ) throws(CloudFault) {
        var taken: Set<Int> = []
        for rule in changed.values where rule.listenerARN == listener {
            guard let priority = rule.priority, !taken.insert(priority).inserted else { continue }
            throw .validation("Priority '\(priority)' was provided multiple times")
        }
        for rule in world.balancing.rules(of: listener) where changed[rule.arn] == nil {
            if let priority = rule.priority, taken.contains(priority) { throw .priorityInUse(priority) }
        }
    }
}
