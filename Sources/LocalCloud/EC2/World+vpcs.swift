import AttributeTree

extension World {
    func describeVPCs(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        try EC2Listing(
            ids: "VpcIds", id: "VpcId", results: "Vpcs",
            filters: [
                "vpc-id": "VpcId", "is-default": "IsDefault", "isDefault": "IsDefault", "cidr": "CidrBlock",
                "cidr-block": "CidrBlock", "state": "State", "owner-id": "OwnerId",
                "dhcp-options-id": "DhcpOptionsId",
                "cidr-block-association.cidr-block":
                    "CidrBlockAssociationSet.CidrBlock",
            ],
            notFound: { CloudFault("InvalidVpcID.NotFound", "The vpc ID '\($0)' does not exist") }
        ).answer(input, from: network.vpcs.map(description(of:)))
    }

    private func description(of vpc: VPC) -> AttributeValue {
        let range = AttributeValue.string(network.range.description)
        return [
            "VpcId": .string(vpc.id), "OwnerId": .string(account.id), "CidrBlock": range,
            "IsDefault": .bool(vpc.isDefault), "State": "available", "InstanceTenancy": "default",
            "DhcpOptionsId": .string(account.fixedID("dopt")), "Tags": [],
            "CidrBlockAssociationSet": [
                [
                    "AssociationId": .string(account.fixedID("vpc-cidr-assoc", vpc.isDefault ? "default" : vpc.id)),
                    "CidrBlock": range,
                    "CidrBlockState": ["State": "associated"],
                ]
            ],
        ]
    }

    func describeSubnets(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        try EC2Listing(
            ids: "SubnetIds", id: "SubnetId", results: "Subnets",
            filters: [
                "subnet-id": "SubnetId", "vpc-id": "VpcId", "availability-zone": "AvailabilityZone",
                "availabilityZone": "AvailabilityZone", "availability-zone-id": "AvailabilityZoneId",
                "availabilityZoneId": "AvailabilityZoneId", "cidr": "CidrBlock", "cidr-block": "CidrBlock",
                "cidrBlock": "CidrBlock", "default-for-az": "DefaultForAz", "defaultForAz": "DefaultForAz",
                "state": "State", "owner-id": "OwnerId", "subnet-arn": "SubnetArn",
                "map-public-ip-on-launch": "MapPublicIpOnLaunch",
                "available-ip-address-count": "AvailableIpAddressCount",
            ],
            notFound: { CloudFault("InvalidSubnetID.NotFound", "The subnet ID '\($0)' does not exist") }
        ).answer(input, from: network.vpcs.flatMap(\.subnets).map(description(of:)))
    }

    private func description(of subnet: Subnet) -> AttributeValue {
        [
            "SubnetId": .string(subnet.id), "VpcId": .string(subnet.vpc), "OwnerId": .string(account.id),
            "SubnetArn": .string(account.arn("ec2", "subnet/\(subnet.id)")), "State": "available",
            "CidrBlock": .string(subnet.range.description), "AvailabilityZone": .string(subnet.zone),
            "AvailabilityZoneId": .string(subnet.zoneID), "DefaultForAz": .bool(subnet.vpc == network.defaultVPC),
            "MapPublicIpOnLaunch": true,
            "AvailableIpAddressCount": .int(network.freeAddresses(in: subnet)),
            "AssignIpv6AddressOnCreation": false, "Ipv6Native": false, "EnableDns64": false, "Tags": [],
            "Ipv6CidrBlockAssociationSet": [], "MapCustomerOwnedIpOnLaunch": false,
            "PrivateDnsNameOptionsOnLaunch": [
                "HostnameType": "ip-name", "EnableResourceNameDnsARecord": false,
                "EnableResourceNameDnsAAAARecord": false,
            ],
        ]
    }

    func describeAvailabilityZones(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let zones: [AttributeValue] = network.subnets.map { subnet in
            [
                "ZoneName": .string(subnet.zone), "ZoneId": .string(subnet.zoneID), "State": "available",
                "RegionName": .string(account.region), "GroupName": .string(account.region),
                "NetworkBorderGroup": .string(account.region), "ZoneType": "availability-zone",
                "OptInStatus": "opt-in-not-required", "Messages": [],
            ]
        }
        let filters = try EC2Filters(
            input["Filters"],
            [
                "zone-name": "ZoneName", "zone-id": "ZoneId", "zone-type": "ZoneType", "state": "State",
                "region-name": "RegionName", "group-name": "GroupName", "opt-in-status": "OptInStatus",
            ])
        var found = zones.filter(filters.accepts)
        for (member, name) in [("ZoneNames", "ZoneName"), ("ZoneIds", "ZoneId")] {
            guard let wanted = input[member]?.listValue, !wanted.isEmpty else { continue }
            for wanted in wanted where !zones.contains(where: { $0[name] == wanted }) {
                throw CloudFault(
                    "InvalidParameterValue", "Invalid availability zone: [\(wanted.stringValue ?? "")]")
            }
            found.removeAll { zone in !wanted.contains { $0 == zone[name] } }
        }
        return ["AvailabilityZones": .list(found)]
    }

    func describeAccountAttributes(_ input: AttributeValue) -> AttributeValue {
        let attributes = [
            ("supported-platforms", "VPC"), ("default-vpc", network.defaultVPC), ("max-instances", "20"),
            ("vpc-max-security-groups-per-interface", "5"), ("max-elastic-ips", "5"), ("vpc-max-elastic-ips", "5"),
        ]
        let wanted = input["AttributeNames"]?.listValue ?? []
        let chosen = attributes.filter { name, _ in wanted.isEmpty || wanted.contains(.string(name)) }
        return [
            "AccountAttributes": .list(
                chosen.map { name, value in
                    [
                        "AttributeName": .string(name),
                        "AttributeValues": [["AttributeValue": .string(value)]],
                    ]
                })
        ]
    }
}
