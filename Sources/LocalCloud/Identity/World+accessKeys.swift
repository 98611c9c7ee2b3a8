import AttributeTree

extension World {
    /// `GetUser`: the one that is named, or who asks.
    func getUser(_ input: AttributeValue, _ context: CallContext) throws(CloudFault) -> AttributeValue {
        if input["UserName"] != nil { return ["User": description(of: try principal(.user, input))] }
        if let name = callingUser(context) { return ["User": description(of: try principal(.user, named(name)))] }
        guard context.caller.arn.hasSuffix(":root") else { throw .noUserName }
        return [
            "User": [
                "Path": "/", "UserName": "root", "UserId": .string(context.caller.userID),
                "Arn": .string(context.caller.arn), "CreateDate": 0,
            ]
        ]
    }

    mutating func createAccessKey(
        _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let user = try user(input, context)
        guard identity.keys(ofUser: user.name).count < 2 else {
            throw CloudFault("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", status: 409)
        }
        let key = KeyRecord(
            id: "AKIA" + context.ids.hex(16).uppercased(), secret: context.ids.hex(40), createdAt: context.now,
            holder: .user(name: user.name, isActive: true))
        identity.keys[key.id] = key
        var description = description(of: key, of: user.name, isActive: true)
        description["SecretAccessKey"] = .string(key.secret)
        return ["AccessKey": description]
    }

    func listAccessKeys(_ input: AttributeValue, _ context: CallContext) throws(CloudFault) -> AttributeValue {
        let user = try user(input, context)
        return try identityPage(
            identity.keys(ofUser: user.name).map { key in
                description(of: key, of: user.name, isActive: key.holder == .user(name: user.name, isActive: true))
            }, as: "AccessKeyMetadata", input)
    }

    mutating func updateAccessKey(
        _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let user = try user(input, context)
        let key = try accessKey(of: user, input)
        identity.keys[key.id]?.holder = .user(name: user.name, isActive: input["Status"] == "Active")
        return [:]
    }

    mutating func deleteAccessKey(
        _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let key = try accessKey(of: try user(input, context), input)
        identity.keys[key.id] = nil
        return [:]
    }

    private func description(of key: KeyRecord, of user: String, isActive: Bool) -> AttributeValue {
        [
            "UserName": .string(user), "AccessKeyId": .string(key.id), "Status": isActive ? "Active" : "Inactive",
            "CreateDate": .number(key.createdAt.secondsSince1970),
        ]
    }

    private func accessKey(of user: PrincipalRecord, _ input: AttributeValue) throws(CloudFault) -> KeyRecord {
        let id = input["AccessKeyId"]?.stringValue ?? ""
        guard let key = identity.keys(ofUser: user.name).first(where: { $0.id == id }) else {
            throw .noSuchEntity("The Access Key with id \(id) cannot be found.")
        }
        return key
    }

    /// The user that a call names, or who calls.
    private func user(_ input: AttributeValue, _ context: CallContext) throws(CloudFault) -> PrincipalRecord {
        if input["UserName"] != nil { return try principal(.user, input) }
        guard let name = callingUser(context) else { throw .noUserName }
        return try principal(.user, named(name))
    }

    private func named(_ user: String) -> AttributeValue { ["UserName": .string(user)] }

    private func callingUser(_ context: CallContext) -> String? {
        identity.all(.user).first { $0.arn(account) == context.caller.arn }?.name
    }
}

extension CloudFault {
    fileprivate static let noUserName = Self(
        "ValidationError", "Must specify userName when calling with non-User credentials")
}
