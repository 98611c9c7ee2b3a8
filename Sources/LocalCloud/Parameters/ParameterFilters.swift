import AttributeTree

/// The filters of `DescribeParameters`: all must match, each by one of its values.
struct ParameterFilters {
    private struct Filter {
        var key: String
        var option: String
        var values: [String]
    }

    private let filters: [Filter]

    init(_ input: AttributeValue) throws(CloudFault) {
        var filters: [Filter] = []
        for filter in input["ParameterFilters"]?.listValue ?? [] {
            let key = filter["Key"]?.stringValue ?? ""
            guard ["Name", "Type", "KeyId", "Path", "Tier", "DataType"].contains(key) || key.hasPrefix("tag:") else {
                throw CloudFault("InvalidFilterKey", "The specified key isn't valid.")
            }
            let option = filter["Option"]?.stringValue ?? (key == "Path" ? "OneLevel" : "Equals")
            guard ["Equals", "BeginsWith", "Contains", "Recursive", "OneLevel"].contains(option) else {
                throw CloudFault("InvalidFilterOption", "The following filter option is not valid: \(option).")
            }
            filters.append(
                Filter(key: key, option: option, values: filter["Values"]?.listValue?.compactMap(\.stringValue) ?? []))
        }
        for filter in input["Filters"]?.listValue ?? [] {
            // The older ones compare with the beginning of a name.
            let key = filter["Key"]?.stringValue ?? ""
            filters.append(
                Filter(
                    key: key, option: key == "Name" ? "BeginsWith" : "Equals",
                    values: filter["Values"]?.listValue?.compactMap(\.stringValue) ?? []))
        }
        self.filters = filters
    }

    func accepts(_ parameter: ParameterRecord) -> Bool {
        filters.allSatisfy { filter in
            guard let text = Self.text(filter.key, of: parameter) else { return false }
            return filter.values.isEmpty || filter.values.contains { Self.matches(text, $0, filter.option) }
        }
    }

    private static func text(_ key: String, of parameter: ParameterRecord) -> String? {
        switch key {
        case "Name", "Path": parameter.name
        case "Type": parameter.newest.type
        case "KeyId": parameter.keyID
        case "Tier": parameter.tier
        case "DataType": parameter.dataType
        default: parameter.tags.values[String(key.dropFirst("tag:".count))]
        }
    }

    private static func matches(_ text: String, _ value: String, _ option: String) -> Bool {
        let path = value.hasSuffix("/") ? value : value + "/"
        return switch option {
        case "BeginsWith": text.hasPrefix(value)
        case "Contains": text.contains(value)
        case "Recursive": text.hasPrefix(path)
        case "OneLevel": text.hasPrefix(path) && !text.dropFirst(path.count).contains("/")
        default: text == value
        }
    }
}
