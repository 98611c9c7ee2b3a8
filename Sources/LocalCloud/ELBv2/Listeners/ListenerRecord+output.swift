import AttributeTree

extension ListenerRecord {
    /// As `DescribeListeners` tells of it.
    var output: AttributeValue {
        let isSecure = self.protocol == .https
        return .structure([
            "ListenerArn": .string(arn), "LoadBalancerArn": .string(loadBalancerARN), "Port": .int(port),
            "Protocol": .string(self.protocol.rawValue), "DefaultActions": defaultRule.action.output,
            "Certificates": certificates.first.map { [["CertificateArn": .string($0)]] },
            "SslPolicy": sslPolicy.map { .string($0) },
            "MutualAuthentication": isSecure ? ["Mode": "off"] : nil,
        ])
    }
}
