package import LoadBalancing

extension World {
    /// What the load balancer is to do: the listeners of all active load balancers, at their own ports, and the target
    /// groups that these send to. What a group has that nobody sends to any more finishes the requests it has taken.
    ///
    /// - Parameter identity: what HTTPS listeners show; without it they are left out.
    package func balancerConfiguration(at now: Moment, identity: TLSIdentity? = nil) -> BalancerConfiguration {
        var configuration = BalancerConfiguration()
        for listener in balancing.listeners.values {
            guard let owner = balancing.loadBalancers[listener.loadBalancerARN], owner.isActive(at: now),
                listener.protocol == .http || identity != nil
            else { continue }
            let rules = balancing.rules(of: listener.arn)
            configuration.listeners[ListenerID(listener.arn)] = ListenerConfiguration(
                address: owner.address, port: listener.port, identity: listener.protocol == .https ? identity : nil,
                rules: rules.map { Rule(conditions: $0.conditions.map(\.balanced), action: $0.action.balanced) },
                defaultAction: listener.defaultRule.action.balanced, settings: owner.connectionSettings)
        }
        for group in balancing.targetGroups.values {
            let user = balancing.users[group.arn].flatMap { balancing.loadBalancers[$0] }
            let isServed = user?.isActive(at: now) == true
            guard isServed || !group.targets.isEmpty else { continue }
            configuration.targetGroups[TargetGroupID(group.arn)] = balanced(group, isServed: isServed)
        }
        return configuration
    }

    private func balanced(_ group: TargetGroupRecord, isServed: Bool) -> TargetGroupConfiguration {
        let schema = AttributeSchema.targetGroup
        let failOpen = "target_group_health.unhealthy_state_routing.minimum_healthy_targets"
        func mode(_ target: TargetRecord) -> TargetMode {
            isServed && target.drainsUntil == nil && balancing.whyUnused(target, of: group) == nil ? .active : .draining
        }
        return TargetGroupConfiguration(
            isSecure: group.protocol == .https, speaksHTTP2: group.protocolVersion == .http2,
            targets: Dictionary(group.targets.map { (Target($0.id, $0.port), mode($0)) }) { first, _ in first },
            healthCheck: group.healthCheck.balanced(speaksHTTP2: group.protocolVersion == .http2),
            algorithm: group.algorithm, stickiness: group.stickiness,
            slowStart: .seconds(schema.number("slow_start.duration_seconds", in: group.attributes)),
            minimumHealthyCount: schema.number("\(failOpen).count", in: group.attributes),
            minimumHealthyPercentage: schema.number("\(failOpen).percentage", in: group.attributes))
    }
}

extension LoadBalancerRecord {
    fileprivate var connectionSettings: ConnectionSettings {
        let schema = AttributeSchema.loadBalancer
        let mode = schema.value("routing.http.xff_header_processing.mode", in: attributes)
        return ConnectionSettings(
            idleTimeout: .seconds(schema.number("idle_timeout.timeout_seconds", in: attributes)),
            clientKeepAlive: .seconds(schema.number("client_keep_alive.seconds", in: attributes)),
            forwardedHeaders: ConnectionSettings.ForwardedHeaders(rawValue: mode) ?? .append,
            tellsClientPort: schema.isOn("routing.http.xff_client_port.enabled", in: attributes),
            preservesHost: schema.isOn("routing.http.preserve_host_header.enabled", in: attributes),
            dropsInvalidHeaders: schema.isOn("routing.http.drop_invalid_header_fields.enabled", in: attributes))
    }
}

extension TargetGroupRecord {
    fileprivate var algorithm: TargetGroupConfiguration.Algorithm {
        switch AttributeSchema.targetGroup.value("load_balancing.algorithm.type", in: attributes) {
        case "least_outstanding_requests": .leastOutstandingRequests
        case "weighted_random": .weightedRandom
        default: .roundRobin
        }
    }

    fileprivate var stickiness: TargetGroupConfiguration.Stickiness {
        let schema = AttributeSchema.targetGroup
        guard schema.isOn("stickiness.enabled", in: attributes) else { return .none }
        if schema.value("stickiness.type", in: attributes) == "app_cookie" {
            return .applicationCookie(
                name: schema.value("stickiness.app_cookie.cookie_name", in: attributes),
                .seconds(schema.number("stickiness.app_cookie.duration_seconds", in: attributes)))
        }
        return .balancerCookie(.seconds(schema.number("stickiness.lb_cookie.duration_seconds", in: attributes)))
    }
}

extension HealthCheckSettings {
    fileprivate func balanced(speaksHTTP2: Bool) -> HealthCheck {
        HealthCheck(
            isSecure: self.protocol == .https, speaksHTTP2: speaksHTTP2, port: port, path: path,
            interval: .seconds(interval),
            timeout: .seconds(timeout), healthyThreshold: healthyThreshold, unhealthyThreshold: unhealthyThreshold,
            passingStatuses: matcher.ranges)
    }
}
