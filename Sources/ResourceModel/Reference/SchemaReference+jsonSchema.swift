package import AttributeTree

// What an editor validates and completes manifests with.
extension SchemaReference {
    /// One JSON Schema (draft 2020-12) for a document of any kind.
    ///
    /// It accepts what the loader accepts, as far as one document can tell: a variable in the place of any scalar, and
    /// a plain number in the place of a string.
    package var jsonSchema: AttributeValue {
        var definitions: [String: AttributeValue] = ["variable": Self.variable]
        for schema in schemas { definitions[schema.kind.rawValue] = specification(of: schema) }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A manifest of reconcile",
            "type": "object",
            "required": ["apiVersion", "kind", "metadata"],
            "properties": [
                "apiVersion": ["const": .string(Envelope.apiVersion)],
                "kind": ["enum": .list(schemas.map { .string($0.kind.rawValue) })],
                "metadata": Envelope.metadata.jsonSchema,
                "spec": true,
            ],
            "additionalProperties": false,
            "allOf": .list(schemas.map(branch)),
            "$defs": .map(definitions),
        ]
    }

    /// The content of the documents of one kind. It must be there when something in it has to be.
    private func branch(for schema: KindSchema) -> AttributeValue {
        var then: AttributeValue = [
            "properties": ["spec": ["$ref": .string("#/$defs/\(schema.kind)")]]
        ]
        if !schema.spec.requiredFields.isEmpty { then["required"] = ["spec"] }
        return [
            "if": ["properties": ["kind": ["const": .string(schema.kind.rawValue)]], "required": ["kind"]],
            "then": then,
        ]
    }

    private func specification(of schema: KindSchema) -> AttributeValue {
        var object = schema.spec.jsonSchema
        object["description"] = .string(schema.summary)
        if schema.spec.requiredFields.isEmpty { object["type"] = ["object", "null"] }
        return object
    }

    private static let variable: AttributeValue = [
        "type": "string", "pattern": #"\$\{var\.[A-Za-z_][A-Za-z0-9_-]*\}"#,
    ]
}

extension ObjectSchema {
    fileprivate var jsonSchema: AttributeValue {
        var properties: [String: AttributeValue] = [:]
        for field in fields { properties[field.name] = field.jsonSchema }
        var schema: AttributeValue = [
            "type": "object", "properties": .map(properties), "additionalProperties": false,
        ]
        if !requiredFields.isEmpty { schema["required"] = .list(requiredFields.map { .string($0.name) }) }
        return schema
    }
}

extension Field {
    fileprivate var jsonSchema: AttributeValue {
        var schema = type.jsonSchema
        if !documentation.isEmpty { schema["description"] = .string(documentation) }
        if let value = impliedValue ?? defaultValue { schema["default"] = value }
        return schema
    }
}

extension ValueType {
    fileprivate var jsonSchema: AttributeValue {
        switch self {
        case .string(let rule): rule.jsonSchema
        case .integer(let range):
            orVariable(numeric("integer", range.map { .int($0.lowerBound) }, range.map { .int($0.upperBound) }))
        case .number(let range):
            orVariable(numeric("number", range.map { .number($0.lowerBound) }, range.map { .number($0.upperBound) }))
        case .boolean: orVariable(["type": "boolean"])
        case .list(let rule): rule.jsonSchema
        case .map(let type): ["type": "object", "additionalProperties": type.jsonSchema]
        case .object(let schema): schema.jsonSchema
        case .reference(let rule): ["type": "string", "description": .string("It is \(rule.words).")]
        }
    }

    /// Ends that no value reaches are left out.
    private func numeric(_ type: String, _ minimum: AttributeValue?, _ maximum: AttributeValue?) -> AttributeValue {
        var schema: AttributeValue = ["type": .string(type)]
        if let minimum, minimum != .int(.min), minimum.doubleValue?.isFinite == true { schema["minimum"] = minimum }
        if let maximum, maximum != .int(.max), maximum.doubleValue?.isFinite == true { schema["maximum"] = maximum }
        return schema
    }
}

/// A scalar may be a variable.
private func orVariable(_ schema: AttributeValue) -> AttributeValue {
    ["anyOf": [schema, ["$ref": "#/$defs/variable"]]]
}

extension StringRule {
    fileprivate var jsonSchema: AttributeValue {
        if !allowed.isEmpty {
            let numbers = allowed.compactMap(Int.init).map { AttributeValue.int($0) }
            return orVariable(["enum": .list(allowed.map { .string($0) } + numbers)])
        }
        var schema: AttributeValue = ["type": ["string", "number"]]
        if let length {
            if length.lowerBound > 0 { schema["minLength"] = .int(length.lowerBound) }
            if length.upperBound < .max { schema["maxLength"] = .int(length.upperBound) }
        }
        if let pattern { schema["pattern"] = .string(pattern) }
        return length == nil && pattern == nil ? schema : orVariable(schema)
    }
}

extension ListRule {
    fileprivate var jsonSchema: AttributeValue {
        var schema: AttributeValue = ["type": "array", "items": element.jsonSchema]
        if let count {
            if count.lowerBound > 0 { schema["minItems"] = .int(count.lowerBound) }
            if count.upperBound < .max { schema["maxItems"] = .int(count.upperBound) }
        }
        // One word may stand for all there are, in the list or in its place.
        guard case .reference(let rule) = element, let lookup = rule.lookup else { return schema }
        let word = AttributeValue.string(Lookup(lookup).word)
        return ["anyOf": [schema, ["const": word], ["const": .list([word])]]]
    }
}
