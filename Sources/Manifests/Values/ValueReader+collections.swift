import AttributeTree
import Diagnostics
import ResourceModel
import YAML

extension ValueReader {
    /// The members that are right, and those that are implied; an object always has a value.
    ///
    /// - Parameters:
    ///   - site: what is marked when a member is missing.
    ///   - isIncomplete: members may be written that could not be read.
    mutating func read(
        _ pairs: [YAMLNode.Pair], as schema: ObjectSchema, _ slot: Slot, site: YAMLNode, isIncomplete: Bool = false
    ) -> AttributeValue {
        var members: [String: AttributeValue] = [:]
        var failed: Set<String> = []
        for pair in pairs {
            guard let name = name(of: pair, slot) else { continue }
            // The reader of YAML has reported a key that is there twice; the first counts.
            guard members[name] == nil, !failed.contains(name) else { continue }
            guard let field = schema[name] else {
                let unknown = unknownField(name, in: schema, slot)
                // What was meant is not missing.
                failed.formUnion([name, unknown.meant ?? name])
                diagnostics.append(.unknownField(unknown, at: pair.key.range))
                continue
            }
            let fieldSlot = Slot(pair, named: name, isSecret: field.isSecret, isRequired: field.isRequired)
            path.append(.member(name))
            if let value = read(pair.value, as: field.type, fieldSlot) {
                members[name] = value
            } else {
                failed.insert(name)
            }
            path.removeLast()
        }
        let missing = schema.requiredFields.filter { members[$0.name] == nil && !failed.contains($0.name) }
        if !missing.isEmpty, !isIncomplete { diagnostics.append(.missingFields(missing, in: slot, at: site.range)) }
        for field in schema.impliedFields where members[field.name] == nil && !failed.contains(field.name) {
            guard let value = field.impliedValue else { continue }
            members[field.name] = value
            referToImplied(value, of: field)
        }
        return .map(members)
    }

    mutating func read(_ node: YAMLNode, asMapOf type: ValueType, _ slot: Slot) -> AttributeValue? {
        var members: [String: AttributeValue] = [:]
        var isWhole = true
        for pair in node.pairs {
            guard let name = name(of: pair, slot) else {
                isWhole = false
                continue
            }
            guard members[name] == nil else { continue }
            let memberSlot = Slot(pair, named: name, isSecret: slot.isSecret)
            path.append(.member(name))
            if let value = read(pair.value, as: type, memberSlot) { members[name] = value } else { isWhole = false }
            path.removeLast()
        }
        return isWhole ? .map(members) : nil
    }

    mutating func read(_ node: YAMLNode, as rule: ListRule, _ slot: Slot) -> AttributeValue? {
        let nodes = node.elements
        var elements: [AttributeValue] = []
        elements.reserveCapacity(nodes.count)
        let elementSlot = slot.element
        for (index, element) in nodes.enumerated() {
            path.append(.index(index))
            if let value = read(element, as: rule.element, elementSlot) { elements.append(value) }
            path.removeLast()
        }
        guard elements.count == nodes.count else { return nil }
        if let word = soleLookup(elements, nodes, rule, slot) { return word }
        if let count = rule.count, !count.contains(nodes.count) {
            diagnostics.append(.count(nodes.count, slot, allowed: count, at: slot.range(of: node)))
            return nil
        }
        return checkRepeats(elements, nodes, rule, slot) ? .list(elements) : nil
    }

    /// Whether no two elements of a keyed list have the same key, and no two of a set are the same.
    private mutating func checkRepeats(
        _ elements: [AttributeValue], _ nodes: [YAMLNode], _ rule: ListRule, _ slot: Slot
    ) -> Bool {
        let keyField: String?
        switch rule.comparison {
        case .ordered: return true
        case .set: keyField = nil
        case .keyed(let field): keyField = field
        }
        guard elements.count > 1 else { return true }
        var first: [AttributeValue: Int] = [:]
        var isUnique = true
        for (index, element) in elements.enumerated() {
            guard let key = keyField.map({ element[$0] }) ?? element else { continue }
            if let earlier = first.updateValue(first[key] ?? index, forKey: key) {
                isUnique = false
                diagnostics.append(
                    .repeated(
                        key, keyField: keyField, slot,
                        at: mark(of: keyField, in: nodes[index]), first: mark(of: keyField, in: nodes[earlier])))
            }
        }
        return isUnique
    }

    private func mark(of keyField: String?, in element: YAMLNode) -> SourceRange {
        (keyField.flatMap { element[$0] } ?? element).range
    }

    private mutating func name(of pair: YAMLNode.Pair, _ slot: Slot) -> String? {
        guard let name = pair.key.scalar else {
            diagnostics.append(.keyIsNoText(slot, at: pair.key.range))
            return nil
        }
        return name
    }
}

// What to say about a field that the schema does not have.
extension ValueReader {
    private func unknownField(_ name: String, in schema: ObjectSchema, _ slot: Slot) -> Diagnostic.UnknownField {
        let kind = self.schema?.kind.rawValue ?? ""
        return Diagnostic.UnknownField(
            name: name, owner: slot.label, schema: schema,
            path: ([kind] + AttributePath(path).fieldNames).joined(separator: "."),
            nameField: path.isEmpty ? self.schema?.nameField : nil,
            elsewhere: self.schema.flatMap { fieldLocation(of: name, in: $0.spec) })
    }
}
