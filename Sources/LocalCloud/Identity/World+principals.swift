import AttributeTree

extension World {
    /// The user or role that a call names.
    func principal(_ kind: PrincipalRecord.Kind, _ input: AttributeValue) throws(CloudFault) -> PrincipalRecord {
        let name = input[kind.nameMember]?.stringValue ?? ""
        guard let principal = identity[kind, name] else {
            throw .noSuchEntity("The \(kind.rawValue) with name \(name) cannot be found.")
        }
        return principal
    }

    /// The same, to be changed: what services made for themselves is not.
    func changeable(_ kind: PrincipalRecord.Kind, _ input: AttributeValue) throws(CloudFault) -> PrincipalRecord {
        let principal = try principal(kind, input)
        guard principal.trust?.isServiceLinked != true else {
            throw CloudFault(
                "UnmodifiableEntity",
                "Cannot perform the operation on the protected role '\(principal.name)' - this role is only modifiable "
                    + "by AWS")
        }
        return principal
    }

    mutating func createPrincipal(
        _ kind: PrincipalRecord.Kind, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let name = input[kind.nameMember]?.stringValue ?? ""
        guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_+=,.@-".contains($0)) }) else {
            throw CloudFault(
                "ValidationError",
                "The specified value for \(kind.rawValue)Name is invalid. It must contain only alphanumeric characters "
                    + "and/or the following: +=,.@_-")
        }
        guard identity[kind, name] == nil else {
            throw CloudFault(
                "EntityAlreadyExists", "\(kind == .user ? "User" : "Role") with name \(name) already exists.",
                status: 409)
        }
        var principal = PrincipalRecord(
            kind: kind, name: name, id: (kind == .user ? "AIDA" : "AROA") + context.ids.hex(17).uppercased(),
            path: input["Path"]?.stringValue ?? "/", createdAt: context.now, tags: Tags(input["Tags"], .upper))
        principal.boundary = input["PermissionsBoundary"]?.stringValue
        if kind == .role {
            principal.trust = PrincipalRecord.Trust(
                policy: try Self.policy(input["AssumeRolePolicyDocument"]), about: input["Description"]?.stringValue)
            principal.trust?.maximumSession = input["MaxSessionDuration"]?.intValue ?? 3600
        }
        identity[kind, name] = principal
        return [kind == .user ? "User" : "Role": description(of: principal)]
    }

    mutating func deletePrincipal(
        _ kind: PrincipalRecord.Kind, _ input: AttributeValue
    ) throws(CloudFault) -> AttributeValue {
        let principal = try changeable(kind, input)
        let remaining =
            if !principal.attachedPolicies.isEmpty {
                "must detach all policies first"
            } else if !principal.inlinePolicies.isEmpty {
                "must delete policies first"
            } else {
                kind == .user && !identity.keys(ofUser: principal.name).isEmpty ? "must delete access keys first" : ""
            }
        guard remaining.isEmpty else {
            throw CloudFault("DeleteConflict", "Cannot delete entity, \(remaining).", status: 409)
        }
        identity[kind, principal.name] = nil
        return [:]
    }

    func listPrincipals(_ kind: PrincipalRecord.Kind, _ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let prefix = input["PathPrefix"]?.stringValue ?? "/"
        let found = identity.all(kind).filter { $0.path.hasPrefix(prefix) }
        return try identityPage(
            found.map { principal in
                var description = description(of: principal)
                // Lists leave them out.
                description["Tags"] = nil
                return description
            }, as: kind == .user ? "Users" : "Roles", input)
    }

    func description(of principal: PrincipalRecord) -> AttributeValue {
        let name = principal.kind == .user ? "User" : "Role"
        var description: AttributeValue = [
            "Path": .string(principal.path), "\(name)Name": .string(principal.name), "\(name)Id": .string(principal.id),
            "Arn": .string(principal.arn(account)), "CreateDate": .number(principal.createdAt.secondsSince1970),
        ]
        if let boundary = principal.boundary {
            description["PermissionsBoundary"] = [
                "PermissionsBoundaryType": "PermissionsBoundaryPolicy", "PermissionsBoundaryArn": .string(boundary),
            ]
        }
        if !principal.tags.values.isEmpty { description["Tags"] = principal.tags.list(.upper) }
        if let trust = principal.trust {
            description["AssumeRolePolicyDocument"] = Self.encoded(trust.policy)
            description["MaxSessionDuration"] = .int(trust.maximumSession)
            description["Description"] = trust.about.map { .string($0) }
        }
        return description
    }

    func identityPage(
        _ all: [AttributeValue], as member: String, _ input: AttributeValue
    ) throws(CloudFault) -> AttributeValue {
        let page = try Page(
            of: all, token: input["Marker"]?.stringValue, limit: input["MaxItems"]?.intValue ?? 100,
            invalid: CloudFault("ValidationError", "Invalid Marker."))
        var output: AttributeValue = [member: .list(page.elements), "IsTruncated": .bool(page.nextToken != nil)]
        output["Marker"] = page.nextToken.map { .string($0) }
        return output
    }
}

extension CloudFault {
    static func noSuchEntity(_ message: String) -> Self { Self("NoSuchEntity", message, status: 404) }
}
