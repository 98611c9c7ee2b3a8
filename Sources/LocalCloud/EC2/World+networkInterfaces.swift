import AttributeTree
import TaskRunning

extension World {
    /// The interface of a task in the mode `awsvpc`; its attachment in `DescribeTasks` has the same id.
    ///
    /// - Parameter id: the task's, of 32 digits.
    package static func interfaceID(ofTask id: String) -> String { "eni-0\(id.prefix(16))" }

    /// Those of tasks with a place in a subnet, and of load balancers.
    var networkInterfaces: [NetworkInterface] {
        let tasks = containers.tasks.values.filter { $0.lastStatus != .stopped }.compactMap(interface(of:))
        return tasks + balancing.loadBalancers.values.flatMap(interfaces(of:))
    }

    private func interface(of task: TaskRecord) -> NetworkInterface? {
        guard let subnet = task.subnetID else { return nil }
        let settings = task.settings["networkConfiguration"]?["awsvpcConfiguration"]
        let groups = settings?["securityGroups"]?.listValue?.compactMap(\.stringValue) ?? []
        let address = task.containers.lazy.compactMap { $0.handle?.address }.first ?? task.loopbackAddress
        return NetworkInterface(
            id: Self.interfaceID(ofTask: task.id), address: address, subnet: subnet, zone: task.zone,
            securityGroups: groups.isEmpty ? [network.defaultSecurityGroup(of: network.subnet(subnet)?.vpc)] : groups,
            about: task.arn)
    }

    /// One in each of its zones. All have the same address here.
    private func interfaces(of balancer: LoadBalancerRecord) -> [NetworkInterface] {
        let path = balancer.arn.split(separator: ":").last.map { $0.drop { $0 != "/" }.dropFirst() } ?? ""
        return balancer.zones.map { zone in
            NetworkInterface(
                id: "eni-\(DerivedID("\(balancer.arn)/\(zone.subnetID)").hex(17))", address: balancer.address,
                subnet: zone.subnetID, zone: zone.name, securityGroups: balancer.securityGroups, about: "ELB \(path)",
                isOfBalancer: true)
        }
    }

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
            "SubnetId": .string(interface.subnet),
            "VpcId": .string(network.subnet(interface.subnet)?.vpc ?? network.defaultVPC),
            "AvailabilityZone": .string(interface.zone), "Status": "in-use", "InterfaceType": "interface",
            "OwnerId": .string(account.id), "Description": .string(interface.about), "RequesterManaged": true,
            "RequesterId": interface.isOfBalancer ? "amazon-elb" : "amazon-ecs", "SourceDestCheck": true,
            "Groups": .list(
                interface.securityGroups.map { id in
                    ["GroupId": .string(id), "GroupName": .string(network.securityGroups[id]?.name ?? "")]
                }),
            "TagSet": [],
        ]
    }
}
