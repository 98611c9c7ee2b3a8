import AttributeTree

/// What ECS asks of tags.
enum TagRules {
    /// The tags of something new. An empty list is refused; no list is fine.
    static func creating(_ list: AttributeValue?) throws(CloudFault) -> Tags {
        guard let list else { return Tags() }
        if list.listValue?.isEmpty ?? false { throw .client("Tags can not be empty.") }
        return try merged(Tags(), with: list)
    }

    /// What a resource has with further tags.
    static func merged(_ tags: Tags, with list: AttributeValue) throws(CloudFault) -> Tags {
        let added = list.listValue ?? []
        var seen: Set<String> = []
        for tag in added {
            let key = tag["key"]?.stringValue ?? ""
            if key.isEmpty { throw .invalidParameter("Tag keys can not be null or empty.") }
            guard seen.insert(key).inserted else { throw .invalidParameter("Duplicate tag keys: \(key)") }
            guard key.count <= 128, (tag["value"]?.stringValue ?? "").count <= 256 else {
                throw .invalidParameter("The key or the value of the tag \(key) is too long.")
            }
            if key.lowercased().hasPrefix("aws:") {
                throw .invalidParameter("Tag keys beginning with aws: are reserved for system use: \(key)")
            }
        }
        let all = Tags(tags.values.merging(Tags(list, .lower).values) { _, new in new })
        guard all.values.count <= 50 else { throw .invalidParameter("Too many tags.") }
        return all
    }
}
