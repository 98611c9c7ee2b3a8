import AttributeTree

/// Where a load balancer stands, as a call says it.
struct LoadBalancerPlacement {
    /// Of its subnets.
    var vpc: String
    /// By name.
    var zones: [LoadBalancerRecord.Zone]

    /// Reads `Subnets` or `SubnetMappings`: one subnet in each of two zones at least.
    init(_ input: AttributeValue, in network: NetworkState) throws(CloudFault) {
        let mappings = input["SubnetMappings"]?.listValue ?? []
        guard input.says("Subnets") != !mappings.isEmpty else {
            throw .validation(
                mappings.isEmpty
                    ? "A subnet must be specified"
                    : "You cannot specify both subnets and subnet mappings in the same request")
        }
        let addresses = ["AllocationId", "PrivateIPv4Address", "IPv6Address"]
        for mapping in mappings where addresses.contains(where: mapping.says) {
            throw .invalidConfiguration("You cannot specify addresses for the subnets of application load balancers")
        }
        var zones: [String: String] = [:]
        var vpcs: Set<String> = []
        for id in input.texts("Subnets") + mappings.compactMap({ $0.text("SubnetId") }) {
            guard id.hasPrefix("subnet-") else {
                throw CloudFault("InvalidSubnet", "The subnet ID '\(id)' is not valid")
            }
            guard let subnet = network.subnet(id) else {
                throw CloudFault("SubnetNotFound", "The subnet ID '\(id)' does not exist")
            }
            vpcs.insert(subnet.vpc)
            guard zones.updateValue(id, forKey: subnet.zone) == nil else {
                throw .invalidConfiguration(
                    "A load balancer cannot be attached to multiple subnets in the same Availability Zone")
            }
        }
        guard zones.count >= 2 else {
            throw .validation("At least two subnets in two different Availability Zones must be specified")
        }
        guard let vpc = vpcs.first, vpcs.count == 1 else {
            throw .invalidConfiguration("The subnets of a load balancer must be in one VPC")
        }
        self.vpc = vpc
        self.zones = zones.map { LoadBalancerRecord.Zone(name: $0.key, subnetID: $0.value) }
            .sorted { $0.name < $1.name }
    }

    /// Reads `SecurityGroups`; the default one of the VPC when there are none.
    static func securityGroups(
        _ input: AttributeValue, in network: NetworkState, vpc: String
    ) throws(CloudFault) -> [String] {
        let groups = input.texts("SecurityGroups")
        for id in groups {
            guard let group = network.securityGroups[id] else {
                throw CloudFault("InvalidSecurityGroup", "The security group '\(id)' does not exist")
            }
            guard group.vpc == vpc else {
                throw .invalidConfiguration("Security group '\(id)' does not belong to VPC '\(vpc)'")
            }
        }
        return groups.isEmpty ? [network.defaultSecurityGroup(of: vpc)] : groups
    }

    static func ipAddressType(
        _ input: AttributeValue, scheme: LoadBalancerRecord.Scheme
    ) throws(CloudFault) -> String {
        let type = input.text("IpAddressType") ?? "ipv4"
        if type == "dualstack-without-public-ipv4", scheme == .internal {
            throw .invalidConfiguration("Internal load balancers cannot have the IP address type '\(type)'")
        }
        return type
    }
}
