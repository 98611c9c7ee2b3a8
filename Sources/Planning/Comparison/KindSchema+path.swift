import AttributeTree
import ResourceModel

extension KindSchema {
    /// The fields on the way to a value, from the top; those that the schema knows.
    func fields(on path: AttributePath) -> [Field] {
        var fields: [Field] = []
        var schema: ObjectSchema? = spec
        for name in path.fieldNames {
            guard let field = schema?[name] else { break }
            fields.append(field)
            schema = field.type.memberSchema
        }
        return fields
    }

    /// What a change at a path does: the greatest effect of the fields around it.
    func effect(at path: AttributePath) -> ChangeEffect {
        fields(on: path).map(\.effect).max() ?? .inPlace
    }

    /// Whether a change at a path sends requests elsewhere.
    func movesTraffic(at path: AttributePath) -> Bool { fields(on: path).contains(where: \.movesTraffic) }

    /// The call that changes the value at a path, where it has one of its own: the innermost field's counts.
    func updateCall(at path: AttributePath) -> String? {
        fields(on: path).last { $0.updateCall != nil }?.updateCall
    }
}

extension ValueType {
    /// Of an object, or of the objects in a list.
    fileprivate var memberSchema: ObjectSchema? {
        switch self {
        case .object(let schema): schema
        case .list(let rule): rule.element.memberSchema
        case .string, .integer, .number, .boolean, .map, .reference: nil
        }
    }
}
