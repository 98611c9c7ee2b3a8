import AttributeTree

extension Tags {
    /// The most that one resource may have.
    private static let limit = 50

    /// Reads the tags of a call as ELBv2 accepts them.
    static func checked(_ list: AttributeValue?) throws(CloudFault) -> Tags {
        try Tags().adding(list)
    }

    /// With those of a list put in, or in the place of others with the same keys.
    func adding(_ list: AttributeValue?) throws(CloudFault) -> Tags {
        var seen: Set<String> = []
        var result = self
        for tag in list?.listValue ?? [] {
            let key = tag.text("Key") ?? ""
            let value = tag.text("Value") ?? ""
            guard seen.insert(key).inserted else {
                throw CloudFault("DuplicateTagKeys", "Tag key was specified more than once: \(key)")
            }
            if key.lowercased().hasPrefix("aws:") {
                throw .validation("Tag key '\(key)' cannot begin with 'aws:', which is reserved for use by AWS")
            }
            for text in [key, value] where !text.allSatisfy(Self.isAllowed) {
                throw .validation("'\(text)' contains characters that are not allowed in tags")
            }
            result.values[key] = value
        }
        guard result.values.count <= Self.limit else {
            throw CloudFault("TooManyTags", "The limit of '\(Self.limit)' tags per resource has been reached")
        }
        return result
    }

    private static func isAllowed(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character.isWhitespace || "_.:/=+-@".contains(character)
    }
}
