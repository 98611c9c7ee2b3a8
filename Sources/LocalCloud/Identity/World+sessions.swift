import AttributeTree

extension World {
    func getCallerIdentity(_ context: CallContext) -> AttributeValue {
        [
            "UserId": .string(context.caller.userID), "Account": .string(account.id),
            "Arn": .string(context.caller.arn),
        ]
    }

    /// Who may assume a role is not asked: trust policies are not evaluated.
    mutating func assumeRole(_ input: AttributeValue, _ context: CallContext) throws(CloudFault) -> AttributeValue {
        let arn = input["RoleArn"]?.stringValue ?? ""
        guard let role = identity.all(.role).first(where: { $0.arn(account) == arn }), let trust = role.trust else {
            throw CloudFault(
                "AccessDenied",
                "User: \(context.caller.arn) is not authorized to perform: sts:AssumeRole on resource: \(arn)",
                status: 403)
        }
        let duration = input["DurationSeconds"]?.intValue ?? 3600
        guard duration <= trust.maximumSession else {
            throw CloudFault(
                "ValidationError",
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
        }
        let name = input["RoleSessionName"]?.stringValue ?? ""
        let user = Caller(
            accessKeyID: "", arn: account.globalARN("sts", "assumed-role/\(role.name)/\(name)"),
            userID: "\(role.id):\(name)")
        var output: AttributeValue = [
            "Credentials": startSession(of: user, seconds: duration, context),
            "AssumedRoleUser": ["Arn": .string(user.arn), "AssumedRoleId": .string(user.userID)],
        ]
        output["SourceIdentity"] = input["SourceIdentity"]
        return output
    }

    mutating func getSessionToken(
        _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        guard expiry(of: context.caller.accessKeyID) == nil else {
            throw CloudFault("AccessDenied", "Cannot call GetSessionToken with session credentials", status: 403)
        }
        let duration = input["DurationSeconds"]?.intValue ?? 43200
        return ["Credentials": startSession(of: context.caller, seconds: duration, context)]
    }

    /// No identity provider is known, so that no token can be one's.
    func refuseWebIdentity() throws(CloudFault) -> AttributeValue {
        throw CloudFault("InvalidIdentityToken", "No OpenIDConnect provider found in your account for this token")
    }

    private mutating func startSession(
        of caller: Caller, seconds: Int, _ context: CallContext
    ) -> AttributeValue {
        identity.keys.removeAll { key in
            if case .session(let session) = key.holder { session.expiresAt + 3600 < context.now } else { false }
        }
        let session = KeyRecord.Session(
            token: "FwoGZXIvYXdz" + context.ids.hex(160), expiresAt: context.now + Double(seconds), arn: caller.arn,
            userID: caller.userID)
        let key = KeyRecord(
            id: "ASIA" + context.ids.hex(16).uppercased(), secret: context.ids.hex(40), createdAt: context.now,
            holder: .session(session))
        identity.keys[key.id] = key
        return [
            "AccessKeyId": .string(key.id), "SecretAccessKey": .string(key.secret),
            "SessionToken": .string(session.token), "Expiration": .number(session.expiresAt.secondsSince1970),
        ]
    }
}
