import AttributeTree

/// The filters of a `Describe` call: a thing must match all of them, each by one of its values, in which `*` stands for
/// anything and `?` for one character.
struct EC2Filters {
    private struct Filter {
        /// The way to the value in the description, through lists; `nil` for a filter of tags.
        var path: [Substring]?
        var name: String
        var patterns: [String]
    }

    private let filters: [Filter]

    /// - Parameters:
    ///   - input: `Filters` of the call.
    ///   - paths: by the name of a filter, where the description has the value. `tag:KEY` and `tag-key` are understood
    ///     besides.
    init(_ input: AttributeValue?, _ paths: [String: String]) throws(CloudFault) {
        var filters: [Filter] = []
        for filter in input?.listValue ?? [] {
            let name = filter["Name"]?.stringValue ?? ""
            let path = paths[name]?.split(separator: ".")
            guard path != nil || name == "tag-key" || name.hasPrefix("tag:") else { throw .invalidFilter(name) }
            filters.append(
                Filter(
                    path: path, name: name, patterns: filter["Values"]?.listValue?.compactMap(\.stringValue) ?? []))
        }
        self.filters = filters
    }

    func accepts(_ description: AttributeValue) -> Bool {
        filters.allSatisfy { filter in
            let values = filter.path.map { Self.values(at: $0[...], in: description) } ?? Self.tags(filter, description)
            return values.contains { value in filter.patterns.contains { Wildcard($0).matches(value) } }
        }
    }

    private static func tags(_ filter: Filter, _ description: AttributeValue) -> [String] {
        let tags = (description["Tags"] ?? description["TagSet"])?.listValue ?? []
        if filter.name == "tag-key" { return tags.compactMap { $0["Key"]?.stringValue } }
        let key = filter.name.dropFirst("tag:".count)
        return tags.filter { $0["Key"] == .string(String(key)) }.compactMap { $0["Value"]?.stringValue }
    }

    private static func values(at path: ArraySlice<Substring>, in value: AttributeValue?) -> [String] {
        switch value {
        case .list(let elements): elements.flatMap { values(at: path, in: $0) }
        case .map(let members): path.first.map { values(at: path.dropFirst(), in: members[String($0)]) } ?? []
        case .string(let text): [text]
        case .bool(let flag): [String(flag)]
        case .int(let number): [String(number)]
        case .number(let number): [String(number)]
        case .null, nil: []
        }
    }
}

extension CloudFault {
    fileprivate static func invalidFilter(_ name: String) -> Self {
        Self("InvalidParameterValue", "The filter '\(name)' is invalid")
    }
}
