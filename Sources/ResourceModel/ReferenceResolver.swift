package import AttributeTree

/// Puts what references stand for in their place: the identity of a managed resource for its name, the answer of a
/// lookup for its word. A literal stays what it is. The schema says where references are.
package struct ReferenceResolver: Sendable {
    private let identity: @Sendable (ResourceAddress) -> ResourceIdentity?
    private let lookups: [Lookup: AttributeValue]

    package init(
        lookups: [Lookup: AttributeValue], identity: @escaping @Sendable (ResourceAddress) -> ResourceIdentity?
    ) {
        self.lookups = lookups
        self.identity = identity
    }

    /// A reference that stands for nothing known.
    package struct Unresolved: Error, Hashable {
        package var path: AttributePath
        package var name: String
        /// What it may be the name of; empty where only literals make sense.
        package var kinds: [KindName]

        package init(path: AttributePath, name: String, kinds: [KindName]) {
            self.path = path
            self.name = name
            self.kinds = kinds
        }
    }

    /// - Throws: ``Unresolved`` for the first reference that stands for nothing known.
    package func resolve(
        _ attributes: AttributeValue, by schema: ObjectSchema
    ) throws(Unresolved) -> AttributeValue {
        try resolve(attributes, by: .object(schema), at: .root) { unresolved throws(Unresolved) in throw unresolved }
    }

    /// References that stand for nothing known stay as they were written.
    package func resolveKnown(_ attributes: AttributeValue, by schema: ObjectSchema) -> AttributeValue {
        let result = Result { () throws(Unresolved) in
            try resolve(attributes, by: .object(schema), at: .root) { unresolved throws(Unresolved) in
                .string(unresolved.name)
            }
        }
        switch result {
        case .success(let resolved): return resolved
        case .failure: return attributes
        }
    }

    private typealias Fallback = (Unresolved) throws(Unresolved) -> AttributeValue

    private func resolve(
        _ value: AttributeValue, by type: ValueType, at path: AttributePath, orElse fallback: Fallback
    ) throws(Unresolved) -> AttributeValue {
        switch (type, value) {
        case (.reference(let rule), .string(let text)):
            return try resolve(text, by: rule, at: path, orElse: fallback)
        case (.list(let rule), .list(let elements)):
            return try resolve(elements, by: rule, at: path, orElse: fallback)
        case (.list(let rule), .string(let word)):
            // `subnets: default`: the word stands for the whole list.
            guard case .reference(let reference) = rule.element else { return value }
            let answer = try resolve(word, by: reference, at: path, orElse: fallback)
            return answer.listValue == nil ? .list([answer]) : answer
        case (.map(let element), .map(var members)):
            for (name, member) in members {
                members[name] = try resolve(member, by: element, at: path.member(name), orElse: fallback)
            }
            return .map(members)
        case (.object(let schema), .map(var members)):
            for (name, member) in members {
                guard let field = schema[name] else { continue }
                members[name] = try resolve(member, by: field.type, at: path.member(name), orElse: fallback)
            }
            return .map(members)
        case (_, _):
            return value
        }
    }

    /// A word in a list that stands for several elements adds all of them.
    private func resolve(
        _ elements: [AttributeValue], by rule: ListRule, at path: AttributePath, orElse fallback: Fallback
    ) throws(Unresolved) -> AttributeValue {
        var resolved: [AttributeValue] = []
        for (index, element) in elements.enumerated() {
            let value = try resolve(element, by: rule.element, at: path.index(index), orElse: fallback)
            if case .string = element, let several = value.listValue {
                resolved += several
            } else {
                resolved.append(value)
            }
        }
        return .list(resolved)
    }

    private func resolve(
        _ text: String, by rule: ReferenceRule, at path: AttributePath, orElse fallback: Fallback
    ) throws(Unresolved) -> AttributeValue {
        if rule.literalPrefixes.contains(where: text.hasPrefix) { return .string(text) }
        for kind in rule.kinds {
            if let identity = identity(ResourceAddress(kind: kind, name: text)) { return .string(identity.id) }
        }
        if let subject = rule.lookup, let answer = lookups[Lookup(subject, word: text)] { return answer }
        if rule.acceptsPlainNames { return .string(text) }
        return try fallback(Unresolved(path: path, name: text, kinds: rule.kinds))
    }
}

extension ReferenceResolver.Unresolved: CustomStringConvertible {
    package var description: String {
        let kinds = kinds.map(\.description).joined(separator: " or ")
        return kinds.isEmpty
            ? "\(path): nothing is known of \"\(name)\""
            : "\(path): \(kinds) \"\(name)\" does not exist yet"
    }
}
