import AttributeTree

extension SecurityGroupRule {
    /// The rules that `IpPermissions` mean, or the members of a call that gives one permission: a rule for each peer.
    ///
    /// - Parameter ids: gives each its id.
    static func read(
        _ input: AttributeValue, isEgress: Bool, groupID: (String?) throws(CloudFault) -> String, ids: () -> String
    ) throws(CloudFault) -> [SecurityGroupRule] {
        var rules: [SecurityGroupRule] = []
        for permission in input["IpPermissions"]?.listValue ?? [shorthand(input)] {
            let traffic = try Traffic(permission)
            for (peer, about) in try peers(of: permission, groupID: groupID) {
                rules.append(
                    SecurityGroupRule(id: ids(), isEgress: isEgress, traffic: traffic, peer: peer, about: about))
            }
        }
        guard !rules.isEmpty else {
            throw CloudFault("MissingParameter", "The request must contain the parameter ipPermissions")
        }
        return rules
    }

    /// `CidrIp`, `IpProtocol` and so on, beside the group.
    private static func shorthand(_ input: AttributeValue) -> AttributeValue {
        var permission: AttributeValue = [:]
        for member in ["IpProtocol", "FromPort", "ToPort"] { permission[member] = input[member] }
        if let range = input["CidrIp"] { permission["IpRanges"] = [["CidrIp": range]] }
        if let name = input["SourceSecurityGroupName"] { permission["UserIdGroupPairs"] = [["GroupName": name]] }
        return permission
    }

    private static func peers(
        of permission: AttributeValue, groupID: (String?) throws(CloudFault) -> String
    ) throws(CloudFault) -> [(Peer, String?)] {
        var peers: [(Peer, String?)] = []
        func each(_ list: String, _ peer: (AttributeValue) throws(CloudFault) -> Peer) throws(CloudFault) {
            for entry in permission[list]?.listValue ?? [] {
                peers.append((try peer(entry), entry["Description"]?.stringValue))
            }
        }
        try each("IpRanges") { entry throws(CloudFault) in
            let text = entry["CidrIp"]?.stringValue ?? ""
            guard IPv4Range(text) != nil else { throw .malformedRange(text) }
            return .ipv4(text)
        }
        try each("Ipv6Ranges") { entry throws(CloudFault) in
            let text = entry["CidrIpv6"]?.stringValue ?? ""
            guard text.contains(":"), text.contains("/") else { throw .malformedRange(text) }
            return .ipv6(text)
        }
        try each("PrefixListIds") { .prefixList($0["PrefixListId"]?.stringValue ?? "") }
        try each("UserIdGroupPairs") { entry throws(CloudFault) in
            .group(try groupID((entry["GroupId"] ?? entry["GroupName"])?.stringValue))
        }
        return peers
    }

    /// The rules of one direction as `IpPermissions`: one for each kind of traffic.
    static func permissions(_ rules: [SecurityGroupRule], owner: String) -> AttributeValue {
        var order: [Traffic] = []
        for rule in rules where !order.contains(rule.traffic) { order.append(rule.traffic) }
        return .list(
            order.map { traffic in
                var permission: AttributeValue = [
                    "IpProtocol": .string(traffic.ipProtocol), "IpRanges": [], "Ipv6Ranges": [], "PrefixListIds": [],
                    "UserIdGroupPairs": [],
                ]
                permission["FromPort"] = traffic.fromPort.map { .int($0) }
                permission["ToPort"] = traffic.toPort.map { .int($0) }
                for rule in rules where rule.traffic == traffic {
                    let (member, entry) = rule.entry(owner: owner)
                    permission[member] = .list((permission[member]?.listValue ?? []) + [entry])
                }
                return permission
            })
    }

    private func entry(owner: String) -> (member: String, value: AttributeValue) {
        var (member, value): (String, AttributeValue) =
            switch peer {
            case .ipv4(let range): ("IpRanges", ["CidrIp": .string(range)])
            case .ipv6(let range): ("Ipv6Ranges", ["CidrIpv6": .string(range)])
            case .prefixList(let id): ("PrefixListIds", ["PrefixListId": .string(id)])
            case .group(let id): ("UserIdGroupPairs", ["GroupId": .string(id), "UserId": .string(owner)])
            }
        value["Description"] = about.map { .string($0) }
        return (member, value)
    }

    /// As `AuthorizeSecurityGroupIngress` answers it.
    func description(group: String, account: Account) -> AttributeValue {
        var value: AttributeValue = [
            "SecurityGroupRuleId": .string(id), "GroupId": .string(group), "GroupOwnerId": .string(account.id),
            "IsEgress": .bool(isEgress), "IpProtocol": .string(traffic.ipProtocol),
            "FromPort": .int(traffic.fromPort ?? -1), "ToPort": .int(traffic.toPort ?? -1), "Tags": [],
            "SecurityGroupRuleArn": .string(account.arn("ec2", "security-group-rule/\(id)")),
        ]
        switch peer {
        case .ipv4(let range): value["CidrIpv4"] = .string(range)
        case .ipv6(let range): value["CidrIpv6"] = .string(range)
        case .prefixList(let list): value["PrefixListId"] = .string(list)
        case .group(let other):
            value["ReferencedGroupInfo"] = ["GroupId": .string(other), "UserId": .string(account.id)]
        }
        value["Description"] = about.map { .string($0) }
        return value
    }
}

extension SecurityGroupRule.Traffic {
    fileprivate init(_ permission: AttributeValue) throws(CloudFault) {
        guard let named = permission["IpProtocol"]?.stringValue?.lowercased() else {
            throw CloudFault("MissingParameter", "The request must contain the parameter ipProtocol")
        }
        let numbers = ["1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"]
        self.init(
            ipProtocol: numbers[named] ?? named, fromPort: permission["FromPort"]?.intValue,
            toPort: permission["ToPort"]?.intValue)
        if ["tcp", "udp"].contains(ipProtocol) {
            guard let fromPort, let toPort else {
                throw .invalidPorts("Must specify both from and to ports with TCP/UDP.")
            }
            guard (0...65535).contains(fromPort), (fromPort...65535).contains(max(toPort, fromPort)), fromPort <= toPort
            else {
                throw CloudFault("InvalidParameterValue", "Invalid TCP/UDP port range (\(fromPort):\(toPort))")
            }
        } else if !["icmp", "icmpv6"].contains(ipProtocol) {
            guard ipProtocol == "-1" || Int(ipProtocol) != nil else {
                throw CloudFault("InvalidPermission.Malformed", "Unsupported IP protocol \"\(ipProtocol)\".")
            }
            // Ports mean nothing to the others, and are forgotten.
            (fromPort, toPort) = (nil, nil)
        }
    }
}

extension CloudFault {
    fileprivate static func malformedRange(_ text: String) -> Self {
        Self("InvalidParameterValue", "CIDR block \(text) is malformed")
    }

    fileprivate static func invalidPorts(_ reason: String) -> Self {
        Self("InvalidParameterValue", "Invalid value '\(reason)' for portRange.")
    }
}
