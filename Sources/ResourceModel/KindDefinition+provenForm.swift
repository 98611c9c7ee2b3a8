package import AttributeTree

extension KindDefinition {
    /// A change makes another revision, with an identity of its own.
    package var isRevisioned: Bool {
        switch verbs.updateStyle {
        case .newRevision: true
        case .inPlace: false
        }
    }

    /// The fields that a rollback puts back: a change to one of them rolls tasks.
    private var rollingFields: Set<String> {
        Set(schema.spec.fields.filter { $0.effect == .rollsTasks }.map(\.name))
    }

    /// Whether a rollback puts back what is at a path.
    package func isRolledBack(_ path: AttributePath) -> Bool {
        path.fieldNames.first.flatMap { schema.spec[$0] }?.effect == .rollsTasks
    }

    /// What a rollback to these attributes needs of them: the fields that roll tasks, with the revisions they refer to by
    /// their identifiers. `nil` for a kind that refers to no revisions.
    package func provenForm(
        of attributes: AttributeValue, in catalog: KindCatalog,
        identity: @escaping @Sendable (ResourceAddress) -> ResourceIdentity?
    ) -> AttributeValue? {
        let revisioned = ValueType.object(schema.spec).referredKinds.filter { catalog[$0]?.isRevisioned ?? false }
        guard !revisioned.isEmpty, let members = attributes.mapValue else { return nil }
        let rolling = rollingFields
        let resolver = ReferenceResolver(lookups: [:]) { revisioned.contains($0.kind) ? identity($0) : nil }
        return resolver.resolveKnown(.map(members.filter { rolling.contains($0.key) }), by: schema.spec)
    }

    /// Attributes with the fields that roll tasks as they were in a proven form.
    package func attributes(_ attributes: AttributeValue, rolledBackTo form: AttributeValue) -> AttributeValue {
        var rolledBack = attributes
        for name in rollingFields { rolledBack[name] = form[name] }
        return rolledBack
    }
}
