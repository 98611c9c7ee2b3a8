import AWSModel
import AttributeTree
import ResourceModel

extension ELBLoadBalancer {
    static let schema = KindSchema(
        kind: .loadBalancer, summary: "An Application Load Balancer.",
        spec: ObjectSchema(
            builder.fields(of: "CreateLoadBalancer")
                + builder.fields(of: "ModifyCapacityReservation", only: ["MinimumLoadBalancerCapacity"])
                + builder.fields(
                    of: "SetSecurityGroups", only: ["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"])
                + [.attributes(call: "elbv2:ModifyLoadBalancerAttributes", example: "idle_timeout.timeout_seconds")]),
        nameField: "name", nameRule: .elbName, normalize: normalize)

    static let builder = SchemaBuilder(
        service: .elbv2, tagCalls: .elbTags,
        overlay: [
            "name": .cloudName("The name in AWS, where it is not the name of the resource."),
            "subnets": FieldOverlay(
                reference: .subnets, comparison: .set, implied: "default", updateCall: "elbv2:SetSubnets",
                "At least two, in two zones: ids, or `default` for the default VPC's."),
            "subnetMappings": FieldOverlay(comparison: .set, updateCall: "elbv2:SetSubnets", "In place of `subnets`."),
            "subnetMappings.iPv6Address": FieldOverlay(name: "ipv6Address"),
            "securityGroups": FieldOverlay(
                reference: .securityGroups, comparison: .set, updateCall: "elbv2:SetSecurityGroups",
                "Ids, or `default` for the default VPC's."),
            "scheme": FieldOverlay(default: "internet-facing", effect: .replace),
            "type": FieldOverlay(default: "application", effect: .replace),
            "ipAddressType": FieldOverlay(default: "ipv4", updateCall: "elbv2:SetIpAddressType"),
            "customerOwnedIpv4Pool": FieldOverlay(effect: .replace),
            "enablePrefixForIpv6SourceNat": FieldOverlay(default: "off", updateCall: "elbv2:SetSubnets"),
            "ipamPools": FieldOverlay(updateCall: "elbv2:ModifyIpPools"),
            "minimumLoadBalancerCapacity": FieldOverlay(
                updateCall: "elbv2:ModifyCapacityReservation", createCall: "elbv2:ModifyCapacityReservation"),
            "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic": FieldOverlay(
                updateCall: "elbv2:SetSecurityGroups", createCall: "elbv2:SetSecurityGroups"),
            "tags": FieldOverlay("Tags beside those that name the owner."),
        ])

    /// Subnets are given as ids or as mappings: where there are mappings, `subnets` is what was implied.
    private static let normalize: @Sendable (AttributeValue) -> AttributeValue = { spec in
        guard spec["subnetMappings"]?.listValue?.isEmpty == false else { return spec }
        var spec = spec
        spec["subnets"] = nil
        return spec
    }
}

extension StringRule {
    /// What load balancers and target groups may be called.
    static let elbName = StringRule(
        length: 1...32, pattern: "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$",
        patternWords: "write letters, digits and \"-\", of which \"-\" is neither first nor last")
}

extension Field {
    /// The attributes of a load balancer, target group or listener: those that are written; AWS keeps the others.
    static func attributes(call: String, example: String) -> Field {
        Field(
            "attributes", .map(of: .string(StringRule())), providerName: "Attributes", updateCall: call,
            createCall: call,
            documentation: "By AWS's own keys, such as `\(example)`. Keys that are not written are left alone.")
    }
}
