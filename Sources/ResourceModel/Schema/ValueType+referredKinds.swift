extension ValueType {
    /// The kinds of managed resources that a value of this type may refer to, at any depth.
    package var referredKinds: Set<KindName> {
        switch self {
        case .string, .integer, .number, .boolean: []
        case .reference(let rule): Set(rule.kinds)
        case .list(let rule): rule.element.referredKinds
        case .map(of: let element): element.referredKinds
        case .object(let schema): schema.fields.reduce(into: []) { $0.formUnion($1.type.referredKinds) }
        }
    }
}
