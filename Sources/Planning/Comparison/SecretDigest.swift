package import AttributeTree
package import ResourceModel

/// Stands for secret values where they must not be: in the state and in differences.
package struct SecretDigest: Sendable {
    /// Of the state: `RecordedState.salt`.
    package var salt: String
    package var hash: TextHash

    package init(salt: String, hash: @escaping TextHash) {
        self.salt = salt
        self.hash = hash
    }

    /// What is shown instead of a secret value.
    package static let mask: AttributeValue = "(secret)"

    /// What is recorded instead of a secret value: equal for equal values under one salt.
    package func digest(of value: AttributeValue) -> AttributeValue {
        .string("sha256:" + hash(salt + value.jsonText()))
    }

    /// Attributes as they may be recorded: the value of every field that the schema calls secret is its digest.
    package func redacted(_ attributes: AttributeValue, by schema: KindSchema) -> AttributeValue {
        Redaction(replacement: digest(of:)).redacted(attributes, .object(schema.spec))
    }
}

extension AttributeValue {
    /// The same without what the schema calls secret, to be shown.
    package func masked(by schema: KindSchema) -> AttributeValue { masked(by: schema.spec) }

    /// The same for an object of this schema, or for a list of such objects.
    func masked(by schema: ObjectSchema) -> AttributeValue {
        let type: ValueType = listValue == nil ? .object(schema) : .list(ListRule(of: .object(schema)))
        return Redaction { _ in SecretDigest.mask }.redacted(self, type)
    }
}

private struct Redaction {
    var replacement: (AttributeValue) -> AttributeValue

    func redacted(_ value: AttributeValue, _ type: ValueType) -> AttributeValue {
        switch (type, value) {
        case (.object(let schema), .map(let members)):
            .map(
                Dictionary(
                    uniqueKeysWithValues: members.map { name, member in
                        (name, schema[name].map { redacted(member, in: $0) } ?? member)
                    }))
        case (.list(let rule), .list(let elements)): .list(elements.map { redacted($0, rule.element) })
        case (.map(of: let type), .map(let members)): .map(members.mapValues { redacted($0, type) })
        default: value
        }
    }

    private func redacted(_ value: AttributeValue, in field: Field) -> AttributeValue {
        guard field.isSecret else { return redacted(value, field.type) }
        return value.isNull ? value : replacement(value)
    }
}
