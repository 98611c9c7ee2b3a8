import AttributeTree

extension RuleRecord {
    /// As `DescribeRules` tells of it.
    var output: AttributeValue {
        [
            "RuleArn": .string(arn), "Priority": .string(priority.map(String.init) ?? "default"),
            "IsDefault": .bool(priority == nil), "Conditions": .list(conditions.map(\.output)),
            "Actions": action.output,
        ]
    }
}

extension RuleCondition {
    fileprivate var output: AttributeValue {
        var output: AttributeValue = ["Field": .string(field.rawValue)]
        output[field.configuration] = configurationOutput
        if field == .path || field == .host {
            output["Values"] = .texts(values)
            output["RegexValues"] = regexValues.isEmpty ? nil : .texts(regexValues)
        }
        return output
    }

    private var configurationOutput: AttributeValue {
        .structure([
            "HttpHeaderName": headerName.map { .string($0) },
            "Values": field == .query ? pairOutput : values.isEmpty ? nil : .texts(values),
            "RegexValues": regexValues.isEmpty ? nil : .texts(regexValues),
        ])
    }

    private var pairOutput: AttributeValue {
        .list(pairs.map { .structure(["Key": $0.key.map { .string($0) }, "Value": .string($0.value)]) })
    }
}
