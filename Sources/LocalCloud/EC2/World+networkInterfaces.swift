import AttributeTree

extension World {
    /// The interface of a task in the mode `awsvpc`; its attachment in `DescribeTasks` has the same id.
    package static func interfaceID(ofTask id: String) -> String { "eni-0\(id.prefix(16))" }

    /// Those of the tasks that have a place in a subnet.
    var networkInterfaces: [NetworkInterface] { [] }

    func describeNetworkInterfaces(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        try EC2Listing(
            ids: "NetworkInterfaceIds", id: "NetworkInterfaceId", results: "NetworkInterfaces",
            filters: [
                "network-interface-id": "NetworkInterfaceId", "subnet-id": "SubnetId", "vpc-id": "VpcId",
                "group-id": "Groups.GroupId", "group-name": "Groups.GroupName", "description": "Description",
                "private-ip-address": "PrivateIpAddress", "addresses.private-ip-address": "PrivateIpAddress",
                "availability-zone": "AvailabilityZone", "status": "Status", "owner-id": "OwnerId",
                "interface-type": "InterfaceType", "requester-managed": "RequesterManaged",
                "requester-id": "RequesterId",
            ],
            notFound: { id in
                CloudFault("InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '\(id)' does not exist")
            }
        ).answer(input, from: networkInterfaces.map(description(of:)))
    }

    private func description(of interface: NetworkInterface) -> AttributeValue {
        [
            "NetworkInterfaceId": .string(interface.id), "PrivateIpAddress": .string(interface.address),
            "PrivateIpAddresses": [["PrivateIpAddress": .string(interface.address), "Primary": true]],
            "SubnetId": .string(interface.subnet), "VpcId": .string(network.defaultVPC),
            "AvailabilityZone": .string(interface.zone), "Status": "in-use", "InterfaceType": "interface",
            "OwnerId": .string(account.id), "Description": .string(interface.about), "RequesterManaged": true,
            "RequesterId": interface.isOfBalancer ? "amazon-elb" : "amazon-ecs", "SourceDestCheck": true,
            "Groups": .list(
                interface.securityGroups.map { id in
                    ["GroupId": .string(id), "GroupName": .string(network.securityGroups[id]?.name ?? "")]
                }),
            "TagSet": interface.tags.list(.upper),
        ]
    }
}
