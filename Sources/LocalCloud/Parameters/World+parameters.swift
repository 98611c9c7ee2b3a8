import AttributeTree

extension World {
    mutating func putParameter(_ input: AttributeValue, _ context: CallContext) throws(CloudFault) -> AttributeValue {
        let name = parameterName(input["Name"]?.stringValue ?? "")
        try Self.checkParameter(name, input)
        let former = parameters.parameters[name]
        guard former == nil || input["Overwrite"] == true else {
            throw CloudFault(
                "ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to true."
            )
        }
        guard let type = input["Type"]?.stringValue ?? former?.newest.type else {
            throw CloudFault(
                "ValidationException", "A parameter type is required when you create a parameter.")
        }
        let version = ParameterRecord.Version(
            number: (former?.newest.number ?? 0) + 1, value: input["Value"]?.stringValue ?? "", type: type,
            changedAt: context.now, changedBy: context.caller.arn)
        var parameter = former ?? ParameterRecord(name: name, first: version)
        if former != nil { parameter.versions = Array((parameter.versions + [version]).suffix(100)) }
        parameter.about = input["Description"]?.stringValue ?? parameter.about
        parameter.keyID = type == "SecureString" ? input["KeyId"]?.stringValue ?? "alias/aws/ssm" : nil
        parameter.pattern = input["AllowedPattern"]?.stringValue ?? parameter.pattern
        parameter.tier = input["Tier"]?.stringValue ?? parameter.tier
        parameter.dataType = input["DataType"]?.stringValue ?? parameter.dataType
        if input["Tags"] != nil { parameter.tags = Tags(input["Tags"], .upper) }
        parameters.parameters[name] = parameter
        return ["Version": .int(version.number), "Tier": .string(parameter.tier)]
    }

    private static func checkParameter(_ name: String, _ input: AttributeValue) throws(CloudFault) {
        guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_.-/".contains($0)) }) else {
            throw CloudFault(
                "ValidationException",
                "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist "
                    + "of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers "
                    + "and the following 3 symbols .-_")
        }
        guard !name.contains("/") || name.hasPrefix("/") else {
            throw CloudFault("ValidationException", "Parameter name must be a fully qualified name.")
        }
        guard name.split(separator: "/").count <= 15 else {
            throw CloudFault(
                "HierarchyLevelLimitExceededException",
                "Parameter name must not have more than 15 levels.")
        }
        let limit = input["Tier"] == "Advanced" ? 8192 : 4096
        guard (input["Value"]?.stringValue ?? "").utf8.count <= limit else {
            throw CloudFault(
                "ValidationException",
                "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger "
                    + "parameter value, upgrade the parameter to use the advanced-parameter tier.")
        }
    }

    /// `name`, `name:version`, or an ARN.
    private func parameter(
        _ reference: String
    ) throws(CloudFault) -> (record: ParameterRecord, version: ParameterRecord.Version, selector: String?) {
        let name = parameterName(reference)
        if let record = parameters.parameters[name] { return (record, record.newest, nil) }
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let record = parameters.parameters[parts[0]] else {
            throw CloudFault("ParameterNotFound", "Parameter \(reference) not found.")
        }
        guard let version = record.versions.first(where: { String($0.number) == parts[1] }) else {
            throw CloudFault(
                "ParameterVersionNotFound",
                "Systems Manager could not find version \(parts[1]) of \(parts[0]). Verify the version and try again.")
        }
        return (record, version, ":\(parts[1])")
    }

    private func description(
        of parameter: ParameterRecord, _ version: ParameterRecord.Version, _ input: AttributeValue
    ) -> AttributeValue {
        // Without decryption, a secure string is told as what it would be kept as.
        let isHidden = version.type == "SecureString" && input["WithDecryption"] != true
        return [
            "Name": .string(parameter.name), "Type": .string(version.type), "Version": .int(version.number),
            "Value": .string(isHidden ? "encrypted with \(parameter.keyID ?? "")" : version.value),
            "LastModifiedDate": .number(version.changedAt.secondsSince1970), "ARN": .string(parameter.arn(account)),
            "DataType": .string(parameter.dataType),
        ]
    }

    func getParameter(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let found = try parameter(input["Name"]?.stringValue ?? "")
        var parameter = description(of: found.record, found.version, input)
        parameter["Selector"] = found.selector.map { .string($0) }
        return ["Parameter": parameter]
    }

    func getParameters(_ input: AttributeValue) -> AttributeValue {
        var (found, invalid): ([AttributeValue], [AttributeValue]) = ([], [])
        for name in input["Names"]?.listValue ?? [] {
            if let parameter = try? getParameter(["Name": name, "WithDecryption": input["WithDecryption"] ?? false]) {
                found.append(parameter["Parameter"] ?? [:])
            } else {
                invalid.append(name)
            }
        }
        return ["Parameters": .list(found), "InvalidParameters": .list(invalid)]
    }

    func getParametersByPath(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let path = input["Path"]?.stringValue ?? ""
        guard path.hasPrefix("/") else {
            throw CloudFault(
                "ValidationException",
                "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a "
                    + "forward slash \"/\".")
        }
        let prefix = path.hasSuffix("/") ? path : path + "/"
        let found = parameters.parameters.values.filter { parameter in
            parameter.name.hasPrefix(prefix)
                && (input["Recursive"] == true || !parameter.name.dropFirst(prefix.count).contains("/"))
        }.sorted { $0.name < $1.name }
        return try parametersPage(found.map { description(of: $0, $0.newest, input) }, input, limit: 10)
    }

    func describeParameters(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let filters = try ParameterFilters(input)
        let found = parameters.parameters.values.filter(filters.accepts).sorted { $0.name < $1.name }
        return try parametersPage(
            found.map { parameter in
                var description: AttributeValue = [
                    "Name": .string(parameter.name), "ARN": .string(parameter.arn(account)),
                    "Type": .string(parameter.newest.type), "Version": .int(parameter.newest.number),
                    "LastModifiedDate": .number(parameter.newest.changedAt.secondsSince1970),
                    "LastModifiedUser": .string(parameter.newest.changedBy), "Tier": .string(parameter.tier),
                    "DataType": .string(parameter.dataType), "Policies": [],
                ]
                description["KeyId"] = parameter.keyID.map { .string($0) }
                description["Description"] = parameter.about.map { .string($0) }
                description["AllowedPattern"] = parameter.pattern.map { .string($0) }
                return description
            }, input, limit: 50)
    }

    private func parametersPage(
        _ all: [AttributeValue], _ input: AttributeValue, limit: Int
    ) throws(CloudFault) -> AttributeValue {
        let page = try Page(
            of: all, token: input["NextToken"]?.stringValue, limit: input["MaxResults"]?.intValue ?? limit,
            invalid: CloudFault("InvalidNextToken", "The specified token isn't valid."))
        var output: AttributeValue = ["Parameters": .list(page.elements)]
        output["NextToken"] = page.nextToken.map { .string($0) }
        return output
    }

    mutating func deleteParameter(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let name = parameterName(input["Name"]?.stringValue ?? "")
        guard parameters.parameters[name] != nil else {
            throw CloudFault("ParameterNotFound", "Parameter \(name) not found.")
        }
        parameters.parameters[name] = nil
        return [:]
    }

    mutating func deleteParameters(_ input: AttributeValue) -> AttributeValue {
        var (deleted, invalid): ([AttributeValue], [AttributeValue]) = ([], [])
        for name in input["Names"]?.listValue ?? [] {
            if (try? deleteParameter(["Name": name])) != nil { deleted.append(name) } else { invalid.append(name) }
        }
        return ["DeletedParameters": .list(deleted), "InvalidParameters": .list(invalid)]
    }
}
