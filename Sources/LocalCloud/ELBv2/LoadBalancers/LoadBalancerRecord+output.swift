import AttributeTree

extension LoadBalancerRecord {
    /// As `DescribeLoadBalancers` tells of it.
    func output(at now: Moment) -> AttributeValue {
        .structure([
            "LoadBalancerArn": .string(arn), "LoadBalancerName": .string(name), "DNSName": .string(address),
            "CanonicalHostedZoneId": "Z0000000000000LOCAL", "CreatedTime": .number(createdAt.secondsSince1970),
            "Scheme": .string(scheme.rawValue), "VpcId": .string(vpcID), "Type": "application",
            "State": ["Code": isActive(at: now) ? "active" : "provisioning"],
            "AvailabilityZones": zoneOutput, "SecurityGroups": .texts(securityGroups),
            "IpAddressType": .string(ipAddressType),
            "IpamPools": ipamPool.map { ["Ipv4IpamPoolId": .string($0)] },
        ])
    }

    var zoneOutput: AttributeValue {
        .list(
            zones.map {
                ["ZoneName": .string($0.name), "SubnetId": .string($0.subnetID), "LoadBalancerAddresses": []]
            })
    }
}
