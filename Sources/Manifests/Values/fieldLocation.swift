import ResourceModel

/// Where in `spec` a field of this name is, nearest first: `spec.containerDefinitions[].image` for `image`.
func fieldLocation(of name: String, in spec: ObjectSchema) -> String? {
    var level = [(path: "spec", schema: spec)]
    while !level.isEmpty {
        var below: [(path: String, schema: ObjectSchema)] = []
        for (path, schema) in level {
            if schema[name] != nil { return "\(path).\(name)" }
            for field in schema.fields {
                guard let (suffix, object) = field.type.object else { continue }
                below.append(("\(path).\(field.name)\(suffix)", object))
            }
        }
        level = below
    }
    return nil
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
