import AttributeTree
package import Reconciliation
import ResourceModel

extension ELBLoadBalancer {
    /// The same call again gives what the first one made.
    package func create(_ request: CreateRequest) async throws -> ChangeResult {
        let output = try await aws.elb("CreateLoadBalancer", Self.creation(request))
        let arn = try AWSAnswer(output, of: "elbv2:CreateLoadBalancer").string("LoadBalancers", "0", "LoadBalancerArn")
        try await aws.refuseToTakeOver(arn, request)
        let made = output["LoadBalancers"]?[0] ?? [:]
        if let capacity = request.attributes["minimumLoadBalancerCapacity"] {
            try await reserve(capacity, arn: arn)
        }
        if let rules = request.attributes[Self.privateLinkRules.lowerCamelCased] {
            let groups = made["SecurityGroups"] ?? []
            _ = try await aws.elb(
                "SetSecurityGroups",
                ["LoadBalancerArn": .string(arn), "SecurityGroups": groups, Self.privateLinkRules: rules])
        }
        try await attributes.create(request, arn: arn)
        return ChangeResult(identity: Self.identity(of: made, arn: arn))
    }

    static func creation(_ request: CreateRequest) -> AttributeValue {
        var input = Translator.elbv2.input(request.attributes, by: schema.spec)
        for name in ["Attributes", "MinimumLoadBalancerCapacity", privateLinkRules] { input[name] = nil }
        if input["SubnetMappings"] != nil { input["Subnets"] = nil }
        input["Name"] = .string(request.cloudName)
        input["Tags"] = Translator.elbv2.tags(request)
        return input
    }

    private static let privateLinkRules = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"

    package func update(_ request: UpdateRequest) async throws -> ChangeResult {
        let target = ChangeTarget(request, schema: Self.schema, translator: .elbv2)
        let changed = Set(request.fields)
        let arn = AttributeValue.string(request.identity.id)
        if !changed.isDisjoint(with: ["subnets", "subnetMappings", "enablePrefixForIpv6SourceNat"]) {
            try await setSubnets(target, arn)
        }
        if !changed.isDisjoint(with: ["securityGroups", "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"]) {
            var input: AttributeValue = ["LoadBalancerArn": arn]
            input["SecurityGroups"] = try await securityGroups(target)
            input[Self.privateLinkRules] = target.whole(Self.privateLinkRules.lowerCamelCased)
            _ = try await aws.elb("SetSecurityGroups", input)
        }
        if changed.contains("ipAddressType"), let type = target.whole("ipAddressType") {
            _ = try await aws.elb("SetIpAddressType", ["LoadBalancerArn": arn, "IpAddressType": type])
        }
        if changed.contains("ipamPools") {
            let pools = target.whole("ipamPools")
            let input: AttributeValue = pools.map { ["IpamPools": $0] } ?? ["RemoveIpamPools": ["ipv4"]]
            _ = try await aws.elb("ModifyIpPools", input.with("LoadBalancerArn", arn))
        }
        if changed.contains("minimumLoadBalancerCapacity") {
            try await reserve(request.attributes["minimumLoadBalancerCapacity"], arn: request.identity.id)
        }
        try await attributes.update(request)
        try await aws.changeELBTags(target)
        return ChangeResult(identity: request.identity)
    }

    private func setSubnets(_ target: ChangeTarget, _ arn: AttributeValue) async throws {
        var input: AttributeValue = ["LoadBalancerArn": arn]
        if target.request.attributes["subnetMappings"] != nil {
            input["SubnetMappings"] = target.whole("subnetMappings")
        } else {
            input["Subnets"] = target.whole("subnets")
        }
        if target.request.fields.contains("enablePrefixForIpv6SourceNat") {
            input["EnablePrefixForIpv6SourceNat"] = target.whole("enablePrefixForIpv6SourceNat")
        }
        _ = try await aws.elb("SetSubnets", input)
    }

    /// A load balancer without groups of its own has the default one of its VPC, which AWS puts there only at its creation.
    private func securityGroups(_ target: ChangeTarget) async throws -> AttributeValue {
        if let groups = target.whole("securityGroups"), groups != [] { return groups }
        let arn = target.request.identity.id
        guard let vpc = try await finder.describe([arn])[arn]?["VpcId"]?.stringValue else { return [] }
        return .strings(try await DefaultNetwork(aws: aws).defaultSecurityGroup(of: vpc))
    }

    /// - Parameter capacity: `nil` gives the reservation back.
    private func reserve(_ capacity: AttributeValue?, arn: String) async throws {
        let input: AttributeValue =
            if let units = capacity?["capacityUnits"] {
                ["MinimumLoadBalancerCapacity": ["CapacityUnits": units]]
            } else {
                ["ResetCapacityReservation": true]
            }
        _ = try await aws.elb("ModifyCapacityReservation", input.with("LoadBalancerArn", .string(arn)))
    }

    /// Its listeners go with it. The name is free when it is no longer described.
    package func delete(_ request: DeleteRequest) async throws {
        let arn = request.identity.id
        try await unlessAbsent("LoadBalancerNotFound") {
            _ = try await aws.elb("DeleteLoadBalancer", ["LoadBalancerArn": .string(arn)])
        }
        try await aws.waiting { try await finder.describe([arn]).isEmpty }
    }
}

extension AttributeValue {
    /// The same with one more member.
    func with(_ member: String, _ value: AttributeValue?) -> AttributeValue {
        var copy = self
        copy[member] = value
        return copy
    }
}
