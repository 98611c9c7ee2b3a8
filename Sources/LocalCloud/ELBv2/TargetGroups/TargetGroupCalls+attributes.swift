import AttributeTree

extension TargetGroupCalls {
    static func describeAttributes(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let found = try world.balancing.targetGroup(in: input)
        return ["Attributes": AttributeSchema.targetGroup.list(found.attributes)]
    }

    static func modifyAttributes(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed = try world.balancing.targetGroup(in: input)
        try AttributeSchema.targetGroup.apply(input["Attributes"], to: &changed.attributes)
        try checkStickiness(of: changed)
        try checkAlgorithm(of: changed)
        world.balancing.targetGroups[changed.arn] = changed
        return ["Attributes": AttributeSchema.targetGroup.list(changed.attributes)]
    }

    private static func checkStickiness(of group: TargetGroupRecord) throws(CloudFault) {
        let schema = AttributeSchema.targetGroup
        let type = schema.value("stickiness.type", in: group.attributes)
        let cookie = schema.value("stickiness.app_cookie.cookie_name", in: group.attributes)
        guard type != "source_ip" else {
            throw .invalidConfiguration(
                "Stickiness type 'source_ip' is not supported for target groups with the "
                    + "\(group.protocol.rawValue) protocol")
        }
        guard !cookie.uppercased().hasPrefix("AWSALB") else {
            throw .validation("The application cookie name '\(cookie)' is reserved for use by the load balancer")
        }
        guard type != "app_cookie" || !cookie.isEmpty || !schema.isOn("stickiness.enabled", in: group.attributes) else {
            throw .invalidConfiguration(
                "You must set an application cookie name to enable stickiness of type 'app_cookie'")
        }
    }

    private static func checkAlgorithm(of group: TargetGroupRecord) throws(CloudFault) {
        let schema = AttributeSchema.targetGroup
        let algorithm = schema.value("load_balancing.algorithm.type", in: group.attributes)
        if algorithm != "round_robin", schema.number("slow_start.duration_seconds", in: group.attributes) > 0 {
            throw .invalidConfiguration("You cannot enable both slow start and the '\(algorithm)' algorithm")
        }
        let mitigation = schema.value("load_balancing.algorithm.anomaly_mitigation", in: group.attributes)
        if mitigation == "on", algorithm != "weighted_random" {
            throw .invalidConfiguration("Anomaly mitigation is only available with the 'weighted_random' algorithm")
        }
    }
}
