extension AttributeSchema {
    static let targetGroup = AttributeSchema(
        subject: "Target group",
        entries: [
            Entry("deregistration_delay.timeout_seconds", "300", .number(0...3600)),
            Entry("stickiness.enabled", "false", .flag),
            Entry("stickiness.type", "lb_cookie", .oneOf(["lb_cookie", "app_cookie", "source_ip"])),
            Entry("stickiness.app_cookie.cookie_name", "", .text),
            Entry("stickiness.app_cookie.duration_seconds", "86400", .number(1...604800)),
            Entry("stickiness.lb_cookie.duration_seconds", "86400", .number(1...604800)),
            Entry("slow_start.duration_seconds", "0", .numberOrZero(30...900)),
            Entry(
                "load_balancing.algorithm.type", "round_robin",
                .oneOf(["round_robin", "least_outstanding_requests", "weighted_random"])),
            Entry("load_balancing.algorithm.anomaly_mitigation", "off", .oneOf(["on", "off"])),
            Entry(
                "load_balancing.cross_zone.enabled", "use_load_balancer_configuration",
                .oneOf(["true", "false", "use_load_balancer_configuration"])),
            Entry("target_group_health.dns_failover.minimum_healthy_targets.count", "1", .numberOrOff(1...1000)),
            Entry("target_group_health.dns_failover.minimum_healthy_targets.percentage", "off", .numberOrOff(1...100)),
            Entry("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1", .number(1...1000)),
            Entry(
                "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "off",
                .numberOrOff(1...100)),
        ])
}

extension TargetGroupRecord {
    /// In seconds.
    var deregistrationDelay: Double {
        Double(AttributeSchema.targetGroup.number("deregistration_delay.timeout_seconds", in: attributes))
    }
}
