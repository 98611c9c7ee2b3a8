extension BalancingState {
    /// What does not hold of what is said of a ``BalancingState``, for tests: empty.
    var brokenInvariants: [String] {
        var broken: [String] = []
        var users: [String: Set<String>] = [:]
        for listener in listeners.values {
            if loadBalancers[listener.loadBalancerARN] == nil { broken.append("\(listener.arn) has no load balancer") }
            for rule in rules(of: listener.arn) + [listener.defaultRule] {
                for group in rule.action.targetGroupARNs {
                    users[group, default: []].insert(listener.loadBalancerARN)
                    if targetGroups[group] == nil { broken.append("\(rule.arn) forwards to nothing") }
                }
            }
        }
        for rule in rules.values where listeners[rule.listenerARN] == nil {
            broken.append("\(rule.arn) has no listener")
        }
        for (group, balancers) in users where balancers.count > 1 {
            broken.append("\(group) has \(balancers.count) load balancers")
        }
        if users.compactMapValues(\.first) != self.users { broken.append("the index of users is out of date") }
        return broken
    }
}
