import AttributeTree
import ResourceModel

extension Decision {
    /// What a creation makes, so far as that fits on a line: the short values of the manifest, as they are written there.
    var outline: [String] {
        let parts = subject.definition.schema.spec.fields.compactMap { field -> String? in
            guard !field.isLocal, !field.isSecret, let value = subject.desired?.attributes[field.name] else {
                return nil
            }
            return value.brief(field.type).map { "\(field.name): \($0)" }
        }
        return parts.isEmpty ? [] : [parts.joined(separator: ", ")]
    }
}

extension AttributeValue {
    /// A scalar, a list of scalars, or the names of the elements of a list; `nil` for what takes more than that to say.
    fileprivate func brief(_ type: ValueType) -> String? {
        switch (self, type) {
        case (.list(let elements), .list(let rule)):
            var words = elements.compactMap(\.scalarText)
            if case .keyed(let key) = rule.comparison { words = elements.compactMap { $0[key]?.scalarText } }
            guard !words.isEmpty, words.count == elements.count else { return nil }
            return "[\(words.joined(separator: ", "))]"
        case (_, _): return scalarText
        }
    }

    private var scalarText: String? {
        switch self {
        case .string(let text): text.contains(where: \.isNewline) ? nil : text
        case .bool, .int, .number: jsonText()
        case .null, .list, .map: nil
        }
    }
}
