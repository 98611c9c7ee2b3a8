import AttributeTree

/// The operations on load balancers.
enum LoadBalancerCalls {
    private static let quota = 50

    static func create(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let wanted = try record(from: input, world, context)
        if let found = world.balancing.loadBalancers.values.first(where: { $0.name == wanted.name }) {
            guard found.hasSettings(of: wanted) else {
                throw CloudFault(
                    "DuplicateLoadBalancerName",
                    "A load balancer with the same name '\(wanted.name)' exists, but with different settings")
            }
            return ["LoadBalancers": [found.output(at: context.now)]]
        }
        guard world.balancing.loadBalancers.count < quota else {
            throw .tooMany("TooManyLoadBalancers", "load balancers", limit: quota)
        }
        var created = wanted
        created.address = world.takeBalancerAddress()
        world.balancing.loadBalancers[created.arn] = created
        return ["LoadBalancers": [created.output(at: context.now)]]
    }

    /// A load balancer with the settings of a call, and no address yet.
    private static func record(
        from input: AttributeValue, _ world: World, _ context: CallContext
    ) throws(CloudFault) -> LoadBalancerRecord {
        let name = input.text("Name") ?? ""
        try checkName(name)
        if let type = input.text("Type"), type != "application" {
            throw .notImitated("load balancers of the type '\(type)'")
        }
        if input.says("CustomerOwnedIpv4Pool") { throw .notImitated("customer-owned addresses") }
        let scheme: LoadBalancerRecord.Scheme = input["Scheme"] == "internal" ? .internal : .internetFacing
        let placement = try LoadBalancerPlacement(input, in: world.network)
        let resource = "loadbalancer/app/\(name)/\(context.ids.hex(16))"
        return LoadBalancerRecord(
            arn: world.account.arn("elasticloadbalancing", resource), name: name, scheme: scheme, address: "",
            vpcID: placement.vpc, zones: placement.zones,
            securityGroups: try LoadBalancerPlacement.securityGroups(input, in: world.network, vpc: placement.vpc),
            ipAddressType: try LoadBalancerPlacement.ipAddressType(input, scheme: scheme),
            ipamPool: input["IpamPools"]?.text("Ipv4IpamPoolId"), createdAt: context.now,
            activeAt: context.now + LoadBalancerRecord.provisioningTime,
            attributes: AttributeSettings(
                values: scheme == .internal ? ["ipv6.deny_all_igw_traffic": "true"] : [:]),
            tags: try Tags.checked(input["Tags"]))
    }

    private static func checkName(_ name: String) throws(CloudFault) {
        let subject = "Load balancer name '\(name)'"
        guard !name.isEmpty else { throw .validation("A load balancer name must be specified") }
        guard name.count <= 32 else { throw .validation("\(subject) cannot be longer than '32' characters") }
        guard name.allSatisfy(\.isNamePart) else {
            throw .validation("\(subject) can only contain characters that are alphanumeric characters and hyphens(-)")
        }
        guard !name.hasPrefix("-"), !name.hasSuffix("-") else {
            throw .validation("\(subject) cannot begin or end with '-'")
        }
        guard !name.hasPrefix("internal-") else { throw .validation("\(subject) cannot begin with 'internal-'") }
    }
}

extension Character {
    /// Whether the name of a load balancer or a target group may contain it.
    var isNamePart: Bool { isASCIIAlphanumeric || self == "-" }
    var isASCIIAlphanumeric: Bool { isASCII && (isLetter || isNumber) }
}
