import AttributeTree

extension World {
    mutating func updateRole(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let role = try changeable(.role, input)
        // What an update does not say is unset.
        identity[.role, role.name]?.trust?.about = input["Description"]?.stringValue
        identity[.role, role.name]?.trust?.maximumSession = input["MaxSessionDuration"]?.intValue ?? 3600
        return [:]
    }

    mutating func updateAssumeRolePolicy(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let role = try changeable(.role, input)
        identity[.role, role.name]?.trust?.policy = try Self.policy(input["PolicyDocument"])
        return [:]
    }

    mutating func tagRole(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        var role = try changeable(.role, input)
        role.tags.values.merge(Tags(input["Tags"], .upper).values) { _, new in new }
        guard role.tags.values.count <= 50 else {
            throw CloudFault("LimitExceeded", "Cannot exceed quota for TagsPerRole: 50", status: 409)
        }
        identity[.role, role.name] = role
        return [:]
    }

    mutating func untagRole(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let role = try changeable(.role, input)
        for key in input["TagKeys"]?.listValue?.compactMap(\.stringValue) ?? [] {
            identity[.role, role.name]?.tags.values[key] = nil
        }
        return [:]
    }

    func listRoleTags(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        try identityPage(try principal(.role, input).tags.list(.upper).listValue ?? [], as: "Tags", input)
    }

    func listInstanceProfiles(ofRole input: AttributeValue) throws(CloudFault) -> AttributeValue {
        _ = try principal(.role, input)
        return try identityPage([], as: "InstanceProfiles", input)
    }

    /// The roles that services make for themselves, as far as they concern what is imitated.
    private static let serviceLinkedRoles = [
        "ecs.amazonaws.com": "AWSServiceRoleForECS",
        "elasticloadbalancing.amazonaws.com": "AWSServiceRoleForElasticLoadBalancing",
        "ecs.application-autoscaling.amazonaws.com": "AWSServiceRoleForApplicationAutoScaling_ECSService",
    ]

    mutating func createServiceLinkedRole(
        _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let service = input["AWSServiceName"]?.stringValue ?? ""
        guard let name = Self.serviceLinkedRoles[service] else {
            throw CloudFault("InvalidInput", "Service role for \(service) is not supported here.")
        }
        guard input["CustomSuffix"] == nil else {
            throw CloudFault("InvalidInput", "Custom suffix is not allowed for \(service)")
        }
        guard identity[.role, name] == nil else {
            throw CloudFault(
                "InvalidInput",
                "Service role name \(name) has been taken in this account, please try a different suffix.")
        }
        let policy: AttributeValue = [
            "Version": "2012-10-17",
            "Statement": [
                ["Action": ["sts:AssumeRole"], "Effect": "Allow", "Principal": ["Service": [.string(service)]]]
            ],
        ]
        var role = PrincipalRecord(
            kind: .role, name: name, id: "AROA" + context.ids.hex(17).uppercased(),
            path: "/aws-service-role/\(service)/", createdAt: context.now,
            trust: PrincipalRecord.Trust(policy: policy.jsonText(), about: input["Description"]?.stringValue))
        role.trust?.isServiceLinked = true
        identity[.role, name] = role
        return ["Role": description(of: role)]
    }
}
