/// Load balancers, listeners, rules, target groups and their targets.
///
/// 1. A listener's load balancer exists, and a rule's listener does.
/// 2. A target group that an action forwards to exists, and all actions that do are of one load balancer.
package struct BalancingState: Sendable {
    package var loadBalancers = Table<LoadBalancerRecord>("loadBalancers")
    package var targetGroups = Table<TargetGroupRecord>("targetGroups")
    package private(set) var listeners = Table<ListenerRecord>("listeners")
    /// But for the default rules, which are part of their listeners.
    package private(set) var rules = Table<RuleRecord>("rules")
    /// ARNs of load balancers, by those of the target groups that receive traffic from them.
    private(set) var users: [String: String] = [:]

    package init() {}
}

extension BalancingState {
    func listeners(of loadBalancerARN: String) -> [ListenerRecord] {
        listeners.values.filter { $0.loadBalancerARN == loadBalancerARN }
    }

    /// In the order in which they are tried, without the default rule.
    func rules(of listenerARN: String) -> [RuleRecord] {
        rules.values.filter { $0.listenerARN == listenerARN }.sorted { ($0.priority ?? 0) < ($1.priority ?? 0) }
    }

    /// Finds a rule, a default one too.
    func rule(_ arn: String) -> RuleRecord? {
        rules[arn] ?? listeners.values.first { $0.defaultRule.arn == arn }?.defaultRule
    }

    mutating func put(_ listener: ListenerRecord) {
        listeners[listener.arn] = listener
        reindex()
    }

    /// Keeps a rule, or a default rule as part of its listener.
    mutating func put(_ rule: RuleRecord) {
        if rule.priority == nil, var listener = listeners[rule.listenerARN] {
            listener.defaultRule = rule
            listeners[listener.arn] = listener
        } else {
            rules[rule.arn] = rule
        }
        reindex()
    }

    mutating func removeRule(_ arn: String) {
        rules[arn] = nil
        reindex()
    }

    /// Takes listeners out together with their rules.
    mutating func removeListeners(_ arns: Set<String>) {
        rules.removeAll { arns.contains($0.listenerARN) }
        listeners.removeAll { arns.contains($0.arn) }
        reindex()
    }

    /// Finds out anew who uses which target group; what was found of the targets of one no longer in use is forgotten.
    private mutating func reindex() {
        var found: [String: String] = [:]
        for listener in listeners.values {
            for arn in listener.defaultRule.action.targetGroupARNs { found[arn] = listener.loadBalancerARN }
        }
        for rule in rules.values {
            guard let listener = listeners[rule.listenerARN] else { continue }
            for arn in rule.action.targetGroupARNs { found[arn] = listener.loadBalancerARN }
        }
        for arn in users.keys where found[arn] == nil {
            guard var group = targetGroups[arn], !group.targets.isEmpty else { continue }
            group.forgetHealth()
            targetGroups[arn] = group
        }
        users = found
    }
}

extension BalancingState: PersistentTables {
    package static var tables: [TablePath<Self>] {
        [TablePath(\.loadBalancers), TablePath(\.targetGroups), TablePath(\.listeners), TablePath(\.rules)]
    }

    package mutating func tablesWereLoaded() { reindex() }
}
