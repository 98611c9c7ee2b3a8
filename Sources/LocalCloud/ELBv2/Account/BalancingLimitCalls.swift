import AttributeTree

/// The operations that tell what this account may have.
enum BalancingLimitCalls {
    static func describeLimits(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let limits: [AttributeValue] = limits.map { ["Name": .string($0), "Max": .string(String($1))] }
        return try world.balancing.page(of: limits, as: "Limits", input)
    }

    static func describePolicies(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let names = input.texts("Names")
        for name in names where !SecurityPolicy.all.contains(where: { $0.name == name }) {
            throw CloudFault("SSLPolicyNotFound", "SSL policy '\(name)' not found")
        }
        let found = SecurityPolicy.all.filter { names.isEmpty || names.contains($0.name) }
        return try world.balancing.page(of: found.map(\.output), as: "SslPolicies", input)
    }

    /// AWS's quotas as they are at first; those of load balancers that are not offered are told too.
    private static let limits: KeyValuePairs = [
        "target-groups": 3000,
        "targets-per-application-load-balancer": 1000,
        "listeners-per-application-load-balancer": 50,
        "rules-per-application-load-balancer": 100,
        "network-load-balancers": 50,
        "targets-per-network-load-balancer": 3000,
        "targets-per-availability-zone-per-network-load-balancer": 500,
        "listeners-per-network-load-balancer": 50,
        "condition-values-per-alb-rule": 5,
        "condition-wildcards-per-alb-rule": 5,
        "target-groups-per-application-load-balancer": 100,
        "target-groups-per-action-on-application-load-balancer": 5,
        "target-groups-per-action-on-network-load-balancer": 1,
        "certificates-per-application-load-balancer": 25,
        "certificates-per-network-load-balancer": 25,
        "targets-per-target-group": 1000,
        "target-id-registrations-per-application-load-balancer": 1000,
        "network-load-balancer-enis-per-vpc": 1200,
        "application-load-balancers": 50,
        "gateway-load-balancers": 100,
        "gateway-load-balancers-per-vpc": 100,
        "geneve-target-groups": 100,
        "targets-per-availability-zone-per-gateway-load-balancer": 300,
    ]
}
