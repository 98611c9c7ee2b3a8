import AttributeTree

extension World {
    /// The group that a call names, by its name or its ARN.
    func logGroup(_ input: AttributeValue) throws(CloudFault) -> LogGroupRecord {
        guard let reference = (input["logGroupName"] ?? input["logGroupIdentifier"])?.stringValue else {
            throw .invalidLogs("Either logGroupName or logGroupIdentifier must be specified.")
        }
        guard input["logGroupName"] == nil || input["logGroupIdentifier"] == nil else {
            throw .invalidLogs("LogGroupName and LogGroupIdentifier are mutually exclusive parameters.")
        }
        guard let group = logs.groups[logGroupName(reference)] else { throw .logGroupNotFound }
        return group
    }

    /// `arn:aws:logs:REGION:ACCOUNT:log-group:NAME`, with `:*` behind it or not, or the name.
    private func logGroupName(_ reference: String) -> String {
        let prefix = account.arn("logs", "log-group:")
        guard reference.hasPrefix(prefix) else { return reference }
        return String(reference.dropFirst(prefix.count).prefix { $0 != ":" })
    }

    mutating func createLogGroup(
        _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let name = input["logGroupName"]?.stringValue ?? ""
        guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "._-/#".contains($0)) }) else {
            throw .invalidLogs(
                "1 validation error detected: Value '\(name)' at 'logGroupName' failed to satisfy constraint: "
                    + #"Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+"#)
        }
        guard !hasLogGroup(name) else {
            throw CloudFault("ResourceAlreadyExistsException", "The specified log group already exists")
        }
        logs.groups[name] = LogGroupRecord(
            name: name, createdAt: context.now, logClass: input["logGroupClass"]?.stringValue ?? "STANDARD",
            keyID: input["kmsKeyId"]?.stringValue, isProtected: input["deletionProtectionEnabled"] == true,
            tags: input["tags"]?.mapValue?.compactMapValues(\.stringValue) ?? [:])
        return [:]
    }

    mutating func deleteLogGroup(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let group = try logGroup(input)
        guard !group.isProtected else {
            throw CloudFault("ValidationException", "The log group has deletion protection enabled.")
        }
        logs.removeGroup(group.name)
        return [:]
    }

    func describeLogGroups(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let prefix = input["logGroupNamePrefix"]?.stringValue
        let pattern = input["logGroupNamePattern"]?.stringValue
        guard prefix == nil || pattern == nil else {
            throw .invalidLogs("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
        }
        let names = input["logGroupIdentifiers"]?.listValue?.compactMap(\.stringValue).map(logGroupName)
        let groups = logs.groups.values.filter { group in
            group.name.hasPrefix(prefix ?? "") && (pattern.map { $0.isEmpty || group.name.contains($0) } ?? true)
                && (names?.contains(group.name) ?? true)
                && (input["logGroupClass"].map { $0 == .string(group.logClass) } ?? true)
        }.sorted { $0.name < $1.name }
        return try logsPage(groups.map(description(of:)), as: "logGroups", input)
    }

    private func description(of group: LogGroupRecord) -> AttributeValue {
        let arn = account.arn("logs", "log-group:\(group.name)")
        let size = logs.streams(of: group.name).flatMap { logs.events(of: $0) }.reduce(0) { $0 + $1.message.utf8.count }
        var description: AttributeValue = [
            "logGroupName": .string(group.name), "arn": .string("\(arn):*"), "logGroupArn": .string(arn),
            "creationTime": .int(group.createdAt.milliseconds), "metricFilterCount": 0, "storedBytes": .int(size),
            "logGroupClass": .string(group.logClass), "deletionProtectionEnabled": .bool(group.isProtected),
        ]
        description["retentionInDays"] = group.retentionInDays.map { .int($0) }
        description["kmsKeyId"] = group.keyID.map { .string($0) }
        return description
    }

    func logsPage(
        _ all: [AttributeValue], as member: String, _ input: AttributeValue
    ) throws(CloudFault) -> AttributeValue {
        let page = try Page(
            of: all, token: input["nextToken"]?.stringValue, limit: input["limit"]?.intValue ?? 50,
            invalid: .invalidLogs("The specified nextToken is invalid."))
        var output: AttributeValue = [member: .list(page.elements)]
        output["nextToken"] = page.nextToken.map { .string($0) }
        return output
    }
}

extension World {
    private static let retentions: Set = [
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ]

    /// - Parameter days: `nil` for ever.
    mutating func setRetention(_ days: Int?, _ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let group = try logGroup(input)
        if let days, !Self.retentions.contains(days) {
            let allowed = Self.retentions.sorted().map(String.init).joined(separator: ", ")
            throw .invalidLogs(
                "1 validation error detected: Value '\(days)' at 'retentionInDays' failed to satisfy constraint: "
                    + "Member must satisfy enum value set: [\(allowed)]")
        }
        logs.groups[group.name]?.retentionInDays = days
        return [:]
    }

    /// Changes the tags of the group whose ARN is `resourceArn`.
    mutating func updateLogTags(
        _ input: AttributeValue, _ change: (inout [String: String]) -> Void
    ) throws(CloudFault) -> AttributeValue {
        let name = logGroupName(input["resourceArn"]?.stringValue ?? "")
        guard hasLogGroup(name) else { throw .logGroupNotFound }
        if var group = logs.groups[name] {
            change(&group.tags)
            guard group.tags.count <= 50 else {
                throw CloudFault("TooManyTagsException", "A resource can have 50 tags at most.")
            }
            logs.groups[name] = group
        }
        return [:]
    }

    func listLogTags(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        guard let group = logs.groups[logGroupName(input["resourceArn"]?.stringValue ?? "")] else {
            throw .logGroupNotFound
        }
        return ["tags": .map(group.tags.mapValues { .string($0) })]
    }
}

extension CloudFault {
    static let logGroupNotFound = Self("ResourceNotFoundException", "The specified log group does not exist.")
    static let logStreamNotFound = Self("ResourceNotFoundException", "The specified log stream does not exist.")

    static func invalidLogs(_ message: String) -> Self { Self("InvalidParameterException", message) }
}
