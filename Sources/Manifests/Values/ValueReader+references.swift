import AttributeTree
import Diagnostics
import ResourceModel
import YAML

extension ValueReader {
    /// A reference is, in this order: the word of a lookup, a literal by its prefix, the name of a managed resource,
    /// and where the rule says so a plain name of something that is not managed here.
    mutating func reference(_ scalar: Scalar, _ rule: ReferenceRule, _ slot: Slot) -> AttributeValue? {
        guard case .string(let text)? = string(scalar, StringRule(), slot) else { return nil }
        if let subject = rule.lookup, text == Lookup(subject).word {
            return refer(to: .lookup(Lookup(subject, word: text)), text)
        }
        if rule.literalPrefixes.contains(where: text.hasPrefix) { return refer(to: .literal(text), text) }
        switch known.find(text, among: rule.kinds) {
        case .found(let address): return refer(to: .managed(address), text)
        case _ where rule.acceptsPlainNames && !text.isEmpty: return refer(to: .literal(text), text)
        case _ where rule.kinds.isEmpty:
            diagnostics.append(.notAnIdentifier(text, slot, rule, at: scalar.range))
        case .unclear: break
        case .missing: diagnostics.append(unknownReference(text, rule, at: scalar.range))
        }
        return nil
    }

    private mutating func refer(to target: Reference.Target, _ text: String) -> AttributeValue {
        references.append(Reference(path: AttributePath(path), target: target))
        return .string(text)
    }

    private func unknownReference(_ name: String, _ rule: ReferenceRule, at range: SourceRange) -> Diagnostic {
        if let address = ResourceAddress(name), rule.kinds.contains(address.kind), known.range(of: address) != nil {
            return .referenceByAddress(address, from: subject.label, at: range)
        }
        let reference = Diagnostic.UnknownReference(
            name: name, referrer: subject.label, rule: rule, names: known.names(of: rule.kinds))
        let others = known.addresses(named: name).map { ($0, known.range(of: $0)) }
        return .unknownReference(reference, at: range, others: others)
    }

    // Lists of references that a word stands for as a whole.

    /// `subnets: default`.
    mutating func lookup(_ scalar: Scalar, _ rule: ListRule) -> AttributeValue? {
        guard case .reference(let element) = rule.element, let subject = element.lookup,
            scalar.text == Lookup(subject).word
        else { return nil }
        return refer(to: .lookup(Lookup(subject, word: scalar.text)), scalar.text)
    }

    /// `subnets: [default]` means the same. The word beside others is refused: it stands for all there are.
    mutating func soleLookup(
        _ elements: [AttributeValue], _ nodes: [YAMLNode], _ rule: ListRule, _ slot: Slot
    ) -> AttributeValue? {
        guard case .reference(let element) = rule.element, let subject = element.lookup,
            let word = elements.firstIndex(of: .string(Lookup(subject).word))
        else { return nil }
        if elements.count > 1 {
            diagnostics.append(.lookupBesideOthers(Lookup(subject).word, slot, at: nodes[word].range))
            return elements[word]
        }
        references.removeLast()
        return refer(to: .lookup(Lookup(subject)), Lookup(subject).word)
    }

    /// An implied value that is a word to look up is a reference like one that is written.
    mutating func referToImplied(_ value: AttributeValue, of field: Field) {
        guard let word = value.stringValue, let subject = field.type.lookup else { return }
        path.append(.member(field.name))
        references.append(Reference(path: AttributePath(path), target: .lookup(Lookup(subject, word: word))))
        path.removeLast()
    }
}

extension ValueType {
    /// What a word in place of the whole value looks up.
    fileprivate var lookup: Lookup.Subject? {
        switch self {
        case .reference(let rule): rule.lookup
        case .list(let rule): rule.element.lookup
        case .string, .integer, .number, .boolean, .map, .object: nil
        }
    }
}
