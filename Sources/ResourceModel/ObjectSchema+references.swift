package import AttributeTree

extension ObjectSchema {
    /// What the attributes of a resource refer to, in the order of their paths.
    ///
    /// As in a manifest, a reference is the word of a lookup, a literal, or the name of a resource that is managed.
    package func references(
        in attributes: AttributeValue, isManaged: @escaping (ResourceAddress) -> Bool
    ) -> [Reference] {
        var finder = ReferenceFinder(isManaged: isManaged)
        finder.visit(attributes, .object(self), at: .root)
        return finder.references
    }
}

private struct ReferenceFinder {
    let isManaged: (ResourceAddress) -> Bool
    var references: [Reference] = []

    mutating func visit(_ value: AttributeValue, _ type: ValueType, at path: AttributePath) {
        switch (type, value) {
        case (.reference(let rule), .string(let text)):
            references.append(Reference(path: path, target: target(text, rule)))
        case (.list(let rule), .list(let elements)):
            for (index, element) in elements.enumerated() { visit(element, rule.element, at: path.index(index)) }
        case (.list(let rule), .string): visit(value, rule.element, at: path)
        case (.map(of: let element), .map(let members)):
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                visit(member, element, at: path.member(name))
            }
        case (.object(let schema), .map(let members)):
            for field in schema.fields {
                if let member = members[field.name] { visit(member, field.type, at: path.member(field.name)) }
            }
        case (_, _): break
        }
    }

    private func target(_ text: String, _ rule: ReferenceRule) -> Reference.Target {
        if let subject = rule.lookup, text == Lookup(subject).word { return .lookup(Lookup(subject, word: text)) }
        if rule.literalPrefixes.contains(where: text.hasPrefix) { return .literal(text) }
        let managed = rule.kinds.lazy.map { ResourceAddress(kind: $0, name: text) }.first(where: isManaged)
        return managed.map { .managed($0) } ?? .literal(text)
    }
}
