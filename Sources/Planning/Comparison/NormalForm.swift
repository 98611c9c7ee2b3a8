import AttributeTree
import ResourceModel

/// Brings attributes from a manifest, the state or the cloud to the one form in which they can be compared.
///
/// References read as the name of the managed resource where there is one, words such as `default` as what they look up,
/// sets are sorted, `null` is absent, and every field's and the kind's own rule is applied. Defaults are left to
/// ``Comparison``, which alone knows where absent means the default.
struct NormalForm: Sendable {
    var identities: IdentityIndex
    var lookups: [Lookup: AttributeValue]

    func normal(_ attributes: AttributeValue, by schema: KindSchema) -> AttributeValue {
        let normal = object(attributes, schema.spec)
        return schema.normalize.map { $0(normal) } ?? normal
    }

    private func object(_ value: AttributeValue, _ schema: ObjectSchema) -> AttributeValue {
        guard case .map(let members) = value else { return value }
        var normal: [String: AttributeValue] = [:]
        normal.reserveCapacity(members.count)
        for (name, member) in members where !member.isNull {
            guard let field = schema[name] else {
                normal[name] = member
                continue
            }
            let value = self.value(member, field.type)
            normal[name] = field.normalize.map { $0(value) } ?? value
        }
        return .map(normal)
    }

    private func value(_ value: AttributeValue, _ type: ValueType) -> AttributeValue {
        switch type {
        case .string, .boolean: value
        case .integer, .number: Self.whole(value)
        case .reference(let rule): reference(value, rule)
        case .list(let rule): list(value, rule)
        case .map(of: let type):
            if case .map(let members) = value {
                .map(members.filter { !$0.value.isNull }.mapValues { self.value($0, type) })
            } else {
                value
            }
        case .object(let schema): object(value, schema)
        }
    }

    /// `1.0` is the number 1.
    private static func whole(_ value: AttributeValue) -> AttributeValue {
        if case .number(let number) = value, let whole = Int(exactly: number) { .int(whole) } else { value }
    }

    private func reference(_ value: AttributeValue, _ rule: ReferenceRule) -> AttributeValue {
        guard case .string(let text) = value else { return value }
        if let subject = rule.lookup, let found = lookups[Lookup(subject, word: text)] { return found }
        return identities.name(of: text, among: rule.kinds).map { .string($0) } ?? value
    }

    private func list(_ value: AttributeValue, _ rule: ListRule) -> AttributeValue {
        let elements: [AttributeValue]
        switch value {
        case .list(let list): elements = list
        case .string: elements = [value]  // `subnets: default`
        case .null, .bool, .int, .number, .map: return value
        }
        var normal: [AttributeValue] = []
        normal.reserveCapacity(elements.count)
        for element in elements where !element.isNull {
            let found = self.value(element, rule.element)
            if case .list(let several) = found, case .reference = rule.element {
                normal += several
            } else {
                normal.append(found)
            }
        }
        guard rule.comparison == .set, normal.count > 1 else { return .list(normal) }
        return .list(normal.sorted { $0.precedes($1) })
    }
}

extension AttributeValue {
    /// Any order that is the same for the same values.
    func precedes(_ other: AttributeValue) -> Bool {
        switch (self, other) {
        case (.string(let left), .string(let right)): left < right
        case (.int(let left), .int(let right)): left < right
        default: jsonText() < other.jsonText()
        }
    }
}
