import AttributeTree
package import Planning
package import Reconciliation
package import ResourceModel
package import StateModel

extension ELBLoadBalancer {
    package func observe(_ request: ObserveRequest) async throws -> [ResourceAddress: ObservedResource] {
        let described = try await finder.find(request.items)
        let tags = try await aws.elbTags(of: described.values.compactMap { $0["LoadBalancerArn"]?.stringValue })
        var found: [ResourceAddress: ObservedResource] = [:]
        for item in request.items {
            guard let description = described[item.address], var observed = Self.observed(description) else { continue }
            observed.take(tags[observed.identity.id])
            observed.attributes["attributes"] = try await attributes.observe(item, arn: observed.identity.id)
            if item.mentions("minimumLoadBalancerCapacity") {
                observed.attributes["minimumLoadBalancerCapacity"] = try await capacity(of: observed.identity.id)
            }
            // One or the other says where a load balancer is, and the manifest chooses.
            if !item.mentions("subnetMappings") { observed.attributes["subnetMappings"] = nil }
            found[item.address] = observed
        }
        return found
    }

    package func find(
        _ intent: Intent, owner: Owner, world: ObservedWorld
    ) async throws -> ObservedResource? {
        guard let description = try await finder.named([intent.cloudName]).values.first,
            var observed = Self.observed(description)
        else { return nil }
        observed.take(try await aws.elbTags(of: [observed.identity.id])[observed.identity.id])
        return observed.owner == Ownership(owner: owner, address: intent.address) ? observed : nil
    }

    /// The capacity that is reserved for a load balancer, which its description does not say.
    private func capacity(of arn: String) async throws -> AttributeValue? {
        let output = try await aws.elb("DescribeCapacityReservation", ["LoadBalancerArn": .string(arn)])
        return output["MinimumLoadBalancerCapacity"].flatMap { $0["CapacityUnits"] }.map { ["capacityUnits": $0] }
    }

    /// A load balancer as AWS describes it, without its tags and attributes.
    static func observed(_ description: AttributeValue) -> ObservedResource? {
        guard let arn = description["LoadBalancerArn"]?.stringValue,
            let name = description["LoadBalancerName"]?.stringValue
        else { return nil }
        let zones = description["AvailabilityZones"]?.listValue ?? []
        var input = description
        input["Subnets"] = .list(zones.compactMap { $0["SubnetId"] })
        input["SubnetMappings"] = .list(zones.compactMap(subnetMapping))
        input["IpamPools"] = description["IpamPools"]
        return ObservedResource(
            identity: identity(of: description, arn: arn), cloudName: name,
            attributes: Translator.elbv2.attributes(input, by: schema.spec), owner: nil)
    }

    static func identity(of description: AttributeValue, arn: String) -> ResourceIdentity {
        let dnsName = description["DNSName"]?.stringValue
        return ResourceIdentity(id: arn, properties: dnsName.map { [Self.dnsName: $0] } ?? [:])
    }

    /// The form in which a zone was asked for, of the addresses AWS has given it.
    private static func subnetMapping(_ zone: AttributeValue) -> AttributeValue? {
        guard let subnet = zone["SubnetId"] else { return nil }
        let addresses = zone["LoadBalancerAddresses"]?[0]
        var mapping: AttributeValue = ["SubnetId": subnet]
        mapping["AllocationId"] = addresses?["AllocationId"]
        mapping["PrivateIPv4Address"] = addresses?["PrivateIPv4Address"]
        mapping["IPv6Address"] = addresses?["IPv6Address"]
        return mapping
    }
}

extension ObservedResource {
    mutating func take(_ tags: OwnerTags?) {
        attributes["tags"] = tags?.others
        owner = tags?.ownership
    }
}
