import AttributeTree

extension LoadBalancerCalls {
    static func setSubnets(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed = try world.balancing.loadBalancer(in: input)
        let placement = try LoadBalancerPlacement(input, in: world.network)
        guard placement.vpc == changed.vpcID else {
            throw .invalidConfiguration("The subnets are in a different VPC than load balancer \(changed.arn)")
        }
        changed.zones = placement.zones
        if input.says("IpAddressType") {
            changed.ipAddressType = try LoadBalancerPlacement.ipAddressType(input, scheme: changed.scheme)
        }
        world.balancing.loadBalancers[changed.arn] = changed
        return ["AvailabilityZones": changed.zoneOutput, "IpAddressType": .string(changed.ipAddressType)]
    }

    static func setSecurityGroups(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed = try world.balancing.loadBalancer(in: input)
        guard input.says("SecurityGroups") else { throw .validation("A security group must be specified") }
        changed.securityGroups = try LoadBalancerPlacement.securityGroups(
            input, in: world.network, vpc: changed.vpcID)
        world.balancing.loadBalancers[changed.arn] = changed
        return ["SecurityGroupIds": .texts(changed.securityGroups)]
    }

    static func setIPAddressType(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed = try world.balancing.loadBalancer(in: input)
        changed.ipAddressType = try LoadBalancerPlacement.ipAddressType(input, scheme: changed.scheme)
        world.balancing.loadBalancers[changed.arn] = changed
        return ["IpAddressType": .string(changed.ipAddressType)]
    }

    static func modifyIPPools(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed = try world.balancing.loadBalancer(in: input)
        if input.texts("RemoveIpamPools").contains("ipv4") { changed.ipamPool = nil }
        if let pool = input["IpamPools"]?.text("Ipv4IpamPoolId") { changed.ipamPool = pool }
        world.balancing.loadBalancers[changed.arn] = changed
        return .structure(["IpamPools": changed.ipamPool.map { ["Ipv4IpamPoolId": .string($0)] }])
    }

    static func describeAttributes(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let found = try world.balancing.loadBalancer(in: input)
        return ["Attributes": AttributeSchema.loadBalancer.list(found.attributes)]
    }

    static func modifyAttributes(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed = try world.balancing.loadBalancer(in: input)
        let schema = AttributeSchema.loadBalancer
        try schema.apply(input["Attributes"], to: &changed.attributes)
        guard schema.isOn("load_balancing.cross_zone.enabled", in: changed.attributes) else {
            throw .invalidConfiguration(
                "Cross-zone load balancing cannot be disabled for application load balancers")
        }
        for logs in ["access_logs", "connection_logs", "health_check_logs"]
        where schema.isOn("\(logs).s3.enabled", in: changed.attributes)
            && schema.value("\(logs).s3.bucket", in: changed.attributes).isEmpty
        {
            throw .invalidConfiguration("'\(logs).s3.bucket' must be specified when '\(logs).s3.enabled' is true")
        }
        world.balancing.loadBalancers[changed.arn] = changed
        return ["Attributes": schema.list(changed.attributes)]
    }
}
