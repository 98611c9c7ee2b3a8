import AttributeTree
import ResourceModel

/// Between the words of a manifest and the members of AWS's calls, by schema. Pure.
///
/// A field is renamed, and a map of tags becomes a list of keys and values; everything else keeps its form.
struct Translator: Sendable {
    /// What a tag's members are called.
    var tagKey: String
    var tagValue: String

    static let ecs = Translator(tagKey: "key", tagValue: "value")
    static let elbv2 = Translator(tagKey: "Key", tagValue: "Value")

    /// What is sent for attributes in the words of the manifest. Fields that are local, unknown or nothing are not.
    func input(_ attributes: AttributeValue, by schema: ObjectSchema) -> AttributeValue {
        var members: [String: AttributeValue] = [:]
        for field in schema.fields where !field.isLocal {
            guard let value = attributes[field.name], !value.isNull else { continue }
            members[field.providerName] = input(value, field)
        }
        return .map(members)
    }

    func input(_ value: AttributeValue, _ field: Field) -> AttributeValue {
        if field.isTags, let tags = value.mapValue { return list(of: tags.compactMapValues(\.stringValue)) }
        return convert(value, field.type) { input($0, by: $1) }
    }

    /// The attributes that an answer of AWS says, as far as the schema has fields for them.
    func attributes(_ output: AttributeValue, by schema: ObjectSchema) -> AttributeValue {
        var members: [String: AttributeValue] = [:]
        for field in schema.fields {
            guard let value = output[field.providerName], !value.isNull, !field.isUnset(value) else { continue }
            if field.isTags, value.listValue != nil {
                members[field.name] = .map(map(of: value).mapValues { .string($0) })
            } else {
                members[field.name] = convert(value, field.type) { attributes($0, by: $1) }
            }
        }
        return .map(members)
    }

    /// Tags as AWS takes them, in the order of their keys.
    func list(of tags: [String: String]) -> AttributeValue {
        .list(tags.inByteOrder().map { [tagKey: .string($0.key), tagValue: .string($0.value)] })
    }

    func map(of tags: AttributeValue?) -> [String: String] {
        let pairs = (tags?.listValue ?? []).compactMap { tag -> (String, String)? in
            guard let key = tag[tagKey]?.stringValue else { return nil }
            return (key, tag[tagValue]?.stringValue ?? "")
        }
        return Dictionary(pairs) { _, last in last }
    }

    private func convert(
        _ value: AttributeValue, _ type: ValueType, object: (AttributeValue, ObjectSchema) -> AttributeValue
    ) -> AttributeValue {
        switch (type, value) {
        case (.object(let schema), .map): object(value, schema)
        case (.list(let rule), .list(let elements)): .list(elements.map { convert($0, rule.element, object: object) })
        default: value
        }
    }
}

extension Field {
    /// A map in the manifest that AWS takes as a list of keys and values.
    fileprivate var isTags: Bool {
        guard case .map = type else { return false }
        return providerName.lowerCamelCased == "tags"
    }

    /// Servers that are like AWS say an empty string where AWS says nothing: of a reference, or of one of a few words.
    fileprivate func isUnset(_ value: AttributeValue) -> Bool {
        guard value == "" else { return false }
        return switch type {
        case .reference: true
        case .string(let rule): !rule.allowed.isEmpty
        case .integer, .number, .boolean, .list, .map, .object: false
        }
    }
}
