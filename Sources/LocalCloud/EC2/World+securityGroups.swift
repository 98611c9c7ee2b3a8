import AttributeTree

extension World {
    func describeSecurityGroups(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let defaultVPC = network.defaultVPC
        for name in input["GroupNames"]?.listValue ?? []
        where !network.securityGroups.values.contains(where: { .string($0.name) == name && $0.vpc == defaultVPC }) {
            throw CloudFault(
                "InvalidGroup.NotFound",
                "The security group '\(name.stringValue ?? "")' does not exist in default VPC '\(defaultVPC)'")
        }
        let names = input["GroupNames"]?.listValue ?? []
        let groups = network.securityGroups.values.filter {
            names.isEmpty || $0.vpc == defaultVPC && names.contains(.string($0.name))
        }
        return try EC2Listing(
            ids: "GroupIds", id: "GroupId", results: "SecurityGroups",
            filters: [
                "group-id": "GroupId", "group-name": "GroupName", "vpc-id": "VpcId", "description": "Description",
                "owner-id": "OwnerId", "ip-permission.cidr": "IpPermissions.IpRanges.CidrIp",
                "ip-permission.from-port": "IpPermissions.FromPort", "ip-permission.to-port": "IpPermissions.ToPort",
                "ip-permission.protocol": "IpPermissions.IpProtocol",
                "ip-permission.group-id": "IpPermissions.UserIdGroupPairs.GroupId",
                "egress.ip-permission.cidr": "IpPermissionsEgress.IpRanges.CidrIp",
            ],
            notFound: { .securityGroupNotFound($0) }
        ).answer(input, from: groups.map(description(of:)))
    }

    private func description(of group: SecurityGroupRecord) -> AttributeValue {
        [
            "GroupId": .string(group.id), "GroupName": .string(group.name), "Description": .string(group.about),
            "VpcId": .string(group.vpc), "OwnerId": .string(account.id), "Tags": group.tags.list(.upper),
            "SecurityGroupArn": .string(account.arn("ec2", "security-group/\(group.id)")),
            "IpPermissions": SecurityGroupRule.permissions(group.rules.filter { !$0.isEgress }, owner: account.id),
            "IpPermissionsEgress": SecurityGroupRule.permissions(group.rules.filter(\.isEgress), owner: account.id),
        ]
    }

    mutating func createSecurityGroup(
        _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let name = input["GroupName"]?.stringValue ?? ""
        let vpc = input["VpcId"]?.stringValue ?? network.defaultVPC
        guard network.vpc(vpc) != nil else {
            throw CloudFault("InvalidVpcID.NotFound", "The vpc ID '\(vpc)' does not exist")
        }
        guard name != "default" else {
            throw CloudFault("InvalidParameterValue", "Cannot use reserved security group name: default")
        }
        guard !name.hasPrefix("sg-") else {
            throw CloudFault(
                "InvalidParameterValue",
                "Invalid value '\(name)' for groupName. Group names may not be in the format sg-*")
        }
        guard !network.securityGroups.values.contains(where: { $0.name == name && $0.vpc == vpc }) else {
            throw CloudFault(
                "InvalidGroup.Duplicate", "The security group '\(name)' already exists for VPC '\(vpc)'")
        }
        let tags = input["TagSpecifications"]?.listValue?.first { $0["ResourceType"] == "security-group" }
        let group = SecurityGroupRecord(
            id: "sg-\(context.ids.hex(17))", name: name, about: input["Description"]?.stringValue ?? "", vpc: vpc,
            tags: Tags(tags?["Tags"], .upper), firstRule: "sgr-\(context.ids.hex(17))")
        network.securityGroups[group.id] = group
        return [
            "GroupId": .string(group.id), "Tags": group.tags.list(.upper),
            "SecurityGroupArn": .string(account.arn("ec2", "security-group/\(group.id)")),
        ]
    }

    mutating func deleteSecurityGroup(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let group = try securityGroup(input)
        guard group.name != "default" else {
            throw CloudFault(
                "CannotDelete",
                "the specified group: \"\(group.id)\" name: \"default\" cannot be deleted by a user")
        }
        let isReferred = network.securityGroups.values.contains { other in
            other.id != group.id && other.rules.contains { $0.peer == .group(group.id) }
        }
        let isUsed = networkInterfaces.contains { $0.securityGroups.contains(group.id) }
        guard !isReferred, !isUsed else {
            throw CloudFault("DependencyViolation", "resource \(group.id) has a dependent object")
        }
        network.securityGroups[group.id] = nil
        return ["Return": true, "GroupId": .string(group.id)]
    }

    mutating func authorize(
        _ input: AttributeValue, _ context: CallContext, isEgress: Bool
    ) throws(CloudFault) -> AttributeValue {
        var group = try securityGroup(input)
        let added = try rules(in: input, isEgress: isEgress) { "sgr-\(context.ids.hex(17))" }
        for rule in added {
            guard !group.rules.contains(where: rule.isSame) else { throw .ruleExists(rule) }
            group.rules.append(rule)
        }
        network.securityGroups[group.id] = group
        return [
            "Return": true,
            "SecurityGroupRules": .list(added.map { $0.description(group: group.id, account: account) }),
        ]
    }

    mutating func revoke(_ input: AttributeValue, isEgress: Bool) throws(CloudFault) -> AttributeValue {
        var group = try securityGroup(input)
        var revoked: [SecurityGroupRule] = []
        let ids = input["SecurityGroupRuleIds"]?.listValue?.compactMap(\.stringValue) ?? []
        for id in ids {
            guard let rule = group.rules.first(where: { $0.id == id && $0.isEgress == isEgress }) else {
                throw CloudFault(
                    "InvalidSecurityGroupRuleId.NotFound", "The security group rule ID '\(id)' does not exist")
            }
            revoked.append(rule)
        }
        for wanted in ids.isEmpty ? try rules(in: input, isEgress: isEgress, ids: { "" }) : [] {
            guard let rule = group.rules.first(where: wanted.isSame) else {
                throw CloudFault(
                    "InvalidPermission.NotFound", "The specified rule does not exist in this security group.")
            }
            revoked.append(rule)
        }
        group.rules.removeAll(where: revoked.contains)
        network.securityGroups[group.id] = group
        return ["Return": true]
    }

    private func rules(
        in input: AttributeValue, isEgress: Bool, ids: () -> String
    ) throws(CloudFault) -> [SecurityGroupRule] {
        try SecurityGroupRule.read(
            input, isEgress: isEgress,
            groupID: { reference throws(CloudFault) in
                let found = network.securityGroups.values.first { $0.id == reference || $0.name == reference }
                guard let found else { throw .securityGroupNotFound(reference ?? "") }
                return found.id
            }, ids: ids)
    }

    private func securityGroup(_ input: AttributeValue) throws(CloudFault) -> SecurityGroupRecord {
        if let id = input["GroupId"]?.stringValue {
            guard let group = network.securityGroups[id] else { throw .securityGroupNotFound(id) }
            return group
        }
        guard let name = input["GroupName"]?.stringValue else {
            throw CloudFault("MissingParameter", "The request must contain the parameter GroupName or GroupId")
        }
        guard let group = network.securityGroups.values.first(where: { $0.name == name }) else {
            throw .securityGroupNotFound(name)
        }
        return group
    }
}

extension CloudFault {
    static func securityGroupNotFound(_ id: String) -> Self {
        Self("InvalidGroup.NotFound", "The security group '\(id)' does not exist")
    }

    fileprivate static func ruleExists(_ rule: SecurityGroupRule) -> Self {
        let traffic = rule.traffic
        let ports = traffic.fromPort.flatMap { from in
            traffic.toPort.map { ", from port: \(from), to port: \($0)" }
        }
        let name = traffic.ipProtocol == "-1" ? "ALL" : traffic.ipProtocol.uppercased()
        return Self(
            "InvalidPermission.Duplicate",
            "the specified rule \"peer: \(rule.peer.name), \(name)\(ports ?? ""), ALLOW\" already exists")
    }
}
