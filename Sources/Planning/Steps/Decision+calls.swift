import AttributeTree
import ResourceModel

/// The calls that a step makes, each once, in the order in which they are made.
extension Decision {
    /// Creation, and what it does not take of what the manifest says.
    var createCalls: [String] {
        let further = subject.definition.schema.spec.fields.flatMap { field -> [String] in
            guard let value = subject.desired?.attributes[field.name], !value.isNothing else { return [] }
            let more = (value.listValue?.count ?? 0) > 1 ? field.furtherElements : nil
            return [field.createCall, more?.add].compactMap(\.self)
        }
        return (subject.definition.verbs.createCalls + further).withoutRepetition()
    }

    /// Only those that the changes in these fields need.
    func updateCalls(of fields: [String]) -> [String] {
        let schema = subject.definition.schema
        let order = Dictionary(uniqueKeysWithValues: schema.spec.fields.enumerated().map { ($1.name, $0) })
        let changed = findings.map { ($0.difference.path, $0.difference) } + moved.map { ($0, nil) }
        let within = changed.filter { fields.contains($0.0.fieldNames.first ?? "") }
        let sorted = within.sorted { left, right in
            (order[left.0.fieldNames.first ?? ""] ?? 0, left.0) < (order[right.0.fieldNames.first ?? ""] ?? 0, right.0)
        }
        return sorted.flatMap { calls(at: $0, $1) }.withoutRepetition()
    }

    private func calls(at path: AttributePath, _ difference: Difference?) -> [String] {
        let usual = subject.definition.schema.updateCall(at: path) ?? subject.definition.verbs.updateCall
        guard let difference, let field = subject.definition.schema.fields(on: path).first else { return [usual] }
        if let further = field.furtherElements, case .index(1...)? = path.elements.dropFirst().first {
            return (difference.desired.isNothing ? [] : [further.add])
                + (difference.observed.isNothing ? [] : [further.remove])
        }
        return [difference.desired.isNothing ? field.removalCall ?? usual : usual]
    }
}

extension AttributeValue? {
    fileprivate var isNothing: Bool { self?.isNothing ?? true }
}

extension [String] {
    fileprivate func withoutRepetition() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
