import AttributeTree

extension RuleCondition {
    /// The most values, and the most wildcards, of one rule.
    private static let limit = 5

    /// Reads the conditions of a rule.
    static func list(_ list: AttributeValue?) throws(CloudFault) -> [RuleCondition] {
        var conditions: [RuleCondition] = []
        for condition in list?.listValue ?? [] { conditions.append(try RuleCondition(condition)) }
        guard !conditions.isEmpty else { throw .validation("A condition must be specified") }
        for field in Field.allCases where !field.isRepeatable {
            guard conditions.filter({ $0.field == field }).count <= 1 else {
                throw .validation("A rule can only have one '\(field.rawValue)' condition")
            }
        }
        let values = conditions.flatMap(\.allValues)
        guard values.count <= limit else { throw .validation("A rule can only have '\(limit)' condition values") }
        let wildcards = conditions.flatMap(\.patterns).joined().filter { $0 == "*" || $0 == "?" }
        guard wildcards.count <= limit else {
            throw .validation("A rule can only have '\(limit)' condition wildcards")
        }
        return conditions
    }

    private init(_ condition: AttributeValue) throws(CloudFault) {
        guard let name = condition.text("Field"), !name.isEmpty else {
            throw .validation("A condition field must be specified")
        }
        guard let field = Field(rawValue: name) else {
            let known = Field.allCases.map(\.rawValue).joined(separator: ",")
            throw .validation("Condition field '\(name)' must be one of '[\(known)]'")
        }
        self.field = field
        let configuration = condition[field.configuration]
        headerName = configuration?.text("HttpHeaderName")
        if field == .query {
            pairs = (configuration?["Values"]?.listValue ?? []).map {
                QueryPair(key: $0.text("Key"), value: $0.text("Value") ?? "")
            }
        } else {
            values = configuration?.texts("Values") ?? []
        }
        regexValues = configuration?.texts("RegexValues") ?? []
        try readLegacyValues(of: condition)
        try check()
    }

    /// Values beside the configuration, which came later.
    private mutating func readLegacyValues(of condition: AttributeValue) throws(CloudFault) {
        for member in ["Values", "RegexValues"] where condition.says(member) {
            guard field == .path || field == .host || field == .header && member == "RegexValues" else {
                throw .validation("The '\(member)' field is not compatible with '\(field.rawValue)'")
            }
            guard condition[field.configuration] == nil || field == .header else {
                throw .validation(
                    "You cannot provide both \(member) and '\(field.configuration)' for a condition of type "
                        + "'\(field.rawValue)'")
            }
        }
        values += field == .path || field == .host ? condition.texts("Values") : []
        regexValues += condition.texts("RegexValues")
        if condition[field.configuration] == nil, condition.texts("Values").count > 1 {
            throw .validation("The '\(field.rawValue)' field contains too many values; the limit is '1'")
        }
    }
}

extension RuleCondition {
    /// Values that `*` and `?` mean something in.
    fileprivate var patterns: [String] {
        switch field {
        case .path, .host, .header: values
        case .query: pairs.flatMap { [$0.key ?? "", $0.value] }
        case .method, .sourceIP: []
        }
    }

    fileprivate var allValues: [String] { values + regexValues + pairs.map(\.value) }

    fileprivate func check() throws(CloudFault) {
        let name = field.rawValue
        guard !allValues.isEmpty else { throw .validation("A '\(name)' value must be specified") }
        guard regexValues.isEmpty || values.isEmpty else {
            throw .validation("You cannot provide both Values and RegexValues for a condition of type '\(name)'")
        }
        let limit = field == .method ? 40 : 128
        for value in allValues + pairs.compactMap(\.key) {
            guard !value.isEmpty else { throw .validation("A '\(name)' value cannot be empty") }
            guard value.count <= limit else {
                throw .validation("The '\(name)' value is too long; the limit is '\(limit)'")
            }
        }
        if field == .header { try checkHeaderName() }
        for value in values where !field.allows(value) {
            throw .validation("The '\(name)' value '\(value)' is invalid; \(field.rule)")
        }
    }

    private func checkHeaderName() throws(CloudFault) {
        guard let headerName, !headerName.isEmpty else { throw .validation("A 'HttpHeaderName' must be specified") }
        guard headerName.count <= 40 else {
            throw .validation("The 'HttpHeaderName' value is too long; the limit is '40'")
        }
        guard headerName.lowercased() != "host" else {
            throw .validation("The 'HttpHeaderName' value 'Host' is invalid; use a 'host-header' condition")
        }
    }
}

extension RuleCondition.Field {
    fileprivate func allows(_ value: String) -> Bool {
        switch self {
        case .path: value.allSatisfy { $0.isASCIIAlphanumeric || #"_-.$/~"'@:+&()!,;=*?"#.contains($0) }
        case .host: value.allSatisfy { $0.isASCIIAlphanumeric || "-.*?".contains($0) }
        case .method: value.allSatisfy { $0.isASCII && $0.isUppercase || "-_".contains($0) }
        case .sourceIP: IPv4Range(value) != nil || value.contains(":") && value.contains("/")
        case .header, .query: true
        }
    }

    /// What a value that is refused should have been like.
    fileprivate var rule: String {
        switch self {
        case .path: #"the allowed characters are A-Z, a-z, 0-9, _ - . $ / ~ " ' @ : + & * and ?"#
        case .host: "the allowed characters are A-Z, a-z, 0-9, - . * and ?"
        case .method: "the allowed characters are A-Z, hyphen and underscore"
        case .sourceIP: "it must be in CIDR notation"
        case .header, .query: ""
        }
    }
}
