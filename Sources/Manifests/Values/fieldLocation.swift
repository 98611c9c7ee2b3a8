import ResourceModel

/// Where else in an object a field of this name is, nearest first: `containerDefinitions[].image` for `image`.
func fieldLocation(of name: String, in schema: ObjectSchema) -> String? {
    var level: [(path: String, schema: ObjectSchema)] = [("", schema)]
    while !level.isEmpty {
        var below: [(path: String, schema: ObjectSchema)] = []
        for (path, schema) in level {
            if !path.isEmpty, schema[name] != nil { return "\(path).\(name)" }
            for field in schema.fields {
                guard let (suffix, object) = field.type.object else { continue }
                below.append((path.isEmpty ? field.name + suffix : "\(path).\(field.name)\(suffix)", object))
            }
        }
        level = below
    }
    return schema[name].map { _ in name }
}

extension ValueType {
    /// The object in a value, and how the path to it goes on.
    fileprivate var object: (suffix: String, schema: ObjectSchema)? {
        switch self {
        case .object(let schema): ("", schema)
        case .list(let rule): rule.element.object.map { ("[]" + $0.suffix, $0.schema) }
        case .map(let type): type.object.map { (".*" + $0.suffix, $0.schema) }
        case .string, .integer, .number, .boolean, .reference: nil
        }
    }
}
