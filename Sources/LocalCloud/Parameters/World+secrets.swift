import AttributeTree

extension World {
    /// The secret that a call names.
    ///
    /// - Parameter isDeletedToo: whether one that is marked for deletion will do.
    private func secret(_ input: AttributeValue, isDeletedToo: Bool = false) throws(CloudFault) -> SecretRecord {
        guard let secret = parameters.secret(input["SecretId"]?.stringValue ?? "") else {
            throw .secretNotFound("Secrets Manager can't find the specified secret.")
        }
        guard isDeletedToo || secret.deletedAt == nil else { throw .secretIsDeleted }
        return secret
    }

    mutating func createSecret(_ input: AttributeValue, _ context: CallContext) throws(CloudFault) -> AttributeValue {
        dropGoneSecrets(at: context.now)
        let name = input["Name"]?.stringValue ?? ""
        guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "/_+=.@-!".contains($0)) }) else {
            throw CloudFault(
                "ValidationException",
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: "
                    + "-/_+=.@!")
        }
        if let former = parameters.secrets.values.first(where: { $0.name == name }) {
            guard former.deletedAt == nil else {
                throw CloudFault(
                    "InvalidRequestException",
                    "You can't create this secret because a secret with this name is already scheduled for deletion.")
            }
            throw CloudFault(
                "ResourceExistsException", "The operation failed because the secret \(name) already exists.")
        }
        let suffix = context.ids.hex(6)
        var secret = SecretRecord(
            name: name, arn: account.arn("secretsmanager", "secret:\(name)-\(suffix)"), createdAt: context.now,
            tags: Tags(input["Tags"], .upper))
        secret.about = input["Description"]?.stringValue
        secret.keyID = input["KmsKeyId"]?.stringValue
        let version = try Self.version(input, context, stages: [SecretRecord.current])
        if let version { secret.add(version) }
        parameters.secrets[secret.arn] = secret
        return Self.answer(secret, version)
    }

    mutating func putSecretValue(
        _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var secret = try secret(input)
        let stages = input["VersionStages"]?.listValue?.compactMap(\.stringValue) ?? [SecretRecord.current]
        guard let version = try Self.version(input, context, stages: stages) else {
            throw CloudFault("InvalidRequestException", "You must provide either SecretString or SecretBinary.")
        }
        try Self.add(version, to: &secret)
        parameters.secrets[secret.arn] = secret
        var output = Self.answer(secret, version)
        output["VersionStages"] = .list(stages.map { .string($0) })
        return output
    }

    mutating func updateSecret(_ input: AttributeValue, _ context: CallContext) throws(CloudFault) -> AttributeValue {
        var secret = try secret(input)
        secret.about = input["Description"]?.stringValue ?? secret.about
        secret.keyID = input["KmsKeyId"]?.stringValue ?? secret.keyID
        let version = try Self.version(input, context, stages: [SecretRecord.current])
        if let version { try Self.add(version, to: &secret) }
        secret.changedAt = context.now
        parameters.secrets[secret.arn] = secret
        return Self.answer(secret, version)
    }

    mutating func getSecretValue(
        _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let secret = try secret(input)
        let (id, stage) = (input["VersionId"]?.stringValue, input["VersionStage"]?.stringValue)
        guard let version = secret.version(id: id, stage: stage) else {
            let wanted = id.map { "VersionId: \($0)" } ?? "staging label: \(stage ?? SecretRecord.current)"
            throw .secretNotFound("Secrets Manager can't find the specified secret value for \(wanted)")
        }
        // AWS keeps the day.
        let today = Moment((context.now.secondsSince1970 / 86400).rounded(.down) * 86400)
        parameters.secrets[secret.arn]?.accessedAt = today
        var output = Self.answer(secret, version)
        output["CreatedDate"] = .number(version.createdAt.secondsSince1970)
        output["VersionStages"] = .list(version.stages.map { .string($0) })
        switch version.value {
        case .text(let text): output["SecretString"] = .string(text)
        case .binary(let bytes): output["SecretBinary"] = .string(bytes)
        }
        return output
    }

    mutating func deleteSecret(_ input: AttributeValue, _ context: CallContext) throws(CloudFault) -> AttributeValue {
        let isForced = input["ForceDeleteWithoutRecovery"] == true
        let days = input["RecoveryWindowInDays"]?.intValue
        guard !isForced || days == nil else {
            throw CloudFault(
                "InvalidParameterException",
                "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.")
        }
        guard (7...30).contains(days ?? 30) else {
            throw CloudFault(
                "InvalidParameterException",
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).")
        }
        let secret = try secret(input, isDeletedToo: isForced)
        let gone = isForced ? context.now : context.now + Double(days ?? 30) * 86400
        if isForced {
            parameters.secrets[secret.arn] = nil
        } else {
            parameters.secrets[secret.arn]?.deletedAt = context.now
            parameters.secrets[secret.arn]?.goneAt = gone
        }
        var output = Self.answer(secret, nil)
        output["DeletionDate"] = .number(gone.secondsSince1970)
        return output
    }

    mutating func restoreSecret(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let secret = try secret(input, isDeletedToo: true)
        parameters.secrets[secret.arn]?.deletedAt = nil
        parameters.secrets[secret.arn]?.goneAt = nil
        return Self.answer(secret, nil)
    }

    private mutating func dropGoneSecrets(at now: Moment) {
        parameters.secrets.removeAll { $0.goneAt.map { $0 <= now } ?? false }
    }

    /// The same version again is no second one; another value for it is refused.
    private static func add(_ version: SecretRecord.Version, to secret: inout SecretRecord) throws(CloudFault) {
        if let former = secret.versions.first(where: { $0.id == version.id }) {
            guard former.value == version.value else {
                throw CloudFault(
                    "ResourceExistsException",
                    "You can't use ClientRequestToken \(version.id) because that value is already in use for a version "
                        + "of secret \(secret.arn).")
            }
            return
        }
        secret.add(version)
    }

    private static func version(
        _ input: AttributeValue, _ context: CallContext, stages: [String]
    ) throws(CloudFault) -> SecretRecord.Version? {
        let value: SecretRecord.Value
        switch (input["SecretString"]?.stringValue, input["SecretBinary"]?.stringValue) {
        case (let text?, nil): value = .text(text)
        case (nil, let bytes?): value = .binary(bytes)
        case (nil, nil): return nil
        case (_?, _?):
            throw CloudFault(
                "InvalidParameterException", "You can't specify both a binary secret value and a string secret value.")
        }
        return SecretRecord.Version(
            id: input["ClientRequestToken"]?.stringValue ?? context.ids.uuid(), value: value, stages: stages,
            createdAt: context.now)
    }

    private static func answer(_ secret: SecretRecord, _ version: SecretRecord.Version?) -> AttributeValue {
        var output: AttributeValue = ["ARN": .string(secret.arn), "Name": .string(secret.name)]
        output["VersionId"] = version.map { .string($0.id) }
        return output
    }
}

extension World {
    func describeSecret(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let secret = try secret(input, isDeletedToo: true)
        return Self.description(of: secret, versions: "VersionIdsToStages")
    }

    func listSecrets(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let filters = (input["Filters"]?.listValue ?? []).map { filter in
            (
                key: filter["Key"]?.stringValue ?? "all",
                values: filter["Values"]?.listValue?.compactMap(\.stringValue) ?? []
            )
        }
        var found = parameters.secrets.values.filter { secret in
            (secret.deletedAt == nil || input["IncludePlannedDeletion"] == true)
                && filters.allSatisfy { Self.matches(secret, $0.key, $0.values) }
        }
        // The newest come first, unless it is said otherwise.
        if input["SortOrder"] != "asc" { found.reverse() }
        let page = try Page(
            of: found, token: input["NextToken"]?.stringValue, limit: input["MaxResults"]?.intValue ?? 100,
            invalid: CloudFault("InvalidNextTokenException", "Invalid NextToken."))
        var output: AttributeValue = [
            "SecretList": .list(page.elements.map { Self.description(of: $0, versions: "SecretVersionsToStages") })
        ]
        output["NextToken"] = page.nextToken.map { .string($0) }
        return output
    }

    /// By the beginning of the text; an exclamation mark turns a value round.
    private static func matches(_ secret: SecretRecord, _ key: String, _ values: [String]) -> Bool {
        let tags = secret.tags.values
        let texts: [String] =
            switch key {
            case "name": [secret.name]
            case "description": [secret.about ?? ""]
            case "tag-key": Array(tags.keys)
            case "tag-value": Array(tags.values)
            case "all": [secret.name, secret.about ?? ""] + tags.keys + tags.values
            default: []
            }
        return values.contains { value in
            value.hasPrefix("!")
                ? !texts.contains { $0.hasPrefix(value.dropFirst()) } : texts.contains { $0.hasPrefix(value) }
        }
    }

    private static func description(of secret: SecretRecord, versions: String) -> AttributeValue {
        var description: AttributeValue = [
            "ARN": .string(secret.arn), "Name": .string(secret.name),
            "CreatedDate": .number(secret.createdAt.secondsSince1970),
            "LastChangedDate": .number(secret.changedAt.secondsSince1970), "Tags": secret.tags.list(.upper),
            versions: .map(
                Dictionary(secret.versions.map { ($0.id, .list($0.stages.map { .string($0) })) }) { _, last in last }),
        ]
        description["Description"] = secret.about.map { .string($0) }
        description["KmsKeyId"] = secret.keyID.map { .string($0) }
        description["LastAccessedDate"] = secret.accessedAt.map { .number($0.secondsSince1970) }
        description["DeletedDate"] = secret.deletedAt.map { .number($0.secondsSince1970) }
        return description
    }
}

extension CloudFault {
    fileprivate static func secretNotFound(_ message: String) -> Self { Self("ResourceNotFoundException", message) }

    fileprivate static let secretIsDeleted = Self(
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.")
}
