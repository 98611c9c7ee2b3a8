import AttributeTree

extension TargetGroupRecord {
    /// As `DescribeTargetGroups` tells of it.
    ///
    /// - Parameter user: the ARN of the load balancer that sends to it.
    func output(user: String?) -> AttributeValue {
        [
            "TargetGroupArn": .string(arn), "TargetGroupName": .string(name),
            "Protocol": .string(self.protocol.rawValue),
            "ProtocolVersion": .string(protocolVersion?.rawValue ?? "HTTP1"), "Port": .int(port),
            "VpcId": .string(vpcID), "TargetType": .string(targetType.rawValue), "IpAddressType": "ipv4",
            "HealthCheckEnabled": true,
            "HealthCheckProtocol": .string(healthCheck.protocol.rawValue),
            "HealthCheckPort": .string(healthCheck.port.map(String.init) ?? "traffic-port"),
            "HealthCheckPath": .string(healthCheck.path), "HealthCheckIntervalSeconds": .int(healthCheck.interval),
            "HealthCheckTimeoutSeconds": .int(healthCheck.timeout),
            "HealthyThresholdCount": .int(healthCheck.healthyThreshold),
            "UnhealthyThresholdCount": .int(healthCheck.unhealthyThreshold),
            "Matcher": ["HttpCode": .string(healthCheck.matcher.text)],
            "LoadBalancerArns": .texts(user.map { [$0] } ?? []),
        ]
    }
}

extension BalancingState {
    func output(_ group: TargetGroupRecord) -> AttributeValue { group.output(user: users[group.arn]) }
}
