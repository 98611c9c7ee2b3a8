import AttributeTree

/// Reads the value of a shape from an XML element.
enum XMLBody {
    /// `nil` for an empty element where a number, a boolean or a time should be: it says nothing.
    static func decode(_ element: XMLElement, as shape: Shape) throws(ShapeMismatch) -> AttributeValue? {
        switch shape.kind {
        case .structure(let structure): return .map(try decodeMembers(of: element, as: structure))
        case .list(let list):
            let shape = list.element
            var elements: [AttributeValue] = []
            for child in element.children { try decodeItem(child, as: shape, into: &elements) }
            return .list(elements)
        case .map(let map):
            var members: [String: AttributeValue] = [:]
            for entry in element.children { try decodeEntry(entry, as: map, into: &members) }
            return .map(members)
        case .string, .document: return .string(element.text)
        case .integer, .long, .float, .double, .boolean, .timestamp, .blob:
            let text = element.trimmedText
            if text.isEmpty, !shape.isBlob { return nil }
            guard let value = ScalarText.value(of: text, as: shape) else { throw ShapeMismatch(expected: shape) }
            return value
        }
    }

    private static func decodeMembers(
        of element: XMLElement, as structure: Shape.Structure
    ) throws(ShapeMismatch) -> [String: AttributeValue] {
        var result: [String: AttributeValue] = [:]
        for child in element.children {
            guard let member = structure.members.first(where: { child.isNamed($0.xmlName) }) else { continue }
            let value = try ShapeMismatch.within(.member(member.name)) { () throws(ShapeMismatch) in
                member.isFlattened
                    ? try appending(child, to: result[member.name], as: member.shape)
                    : try decode(child, as: member.shape)
            }
            if let value { result[member.name] = value }
        }
        return result
    }

    /// A flattened list or map with one more element.
    private static func appending(
        _ element: XMLElement, to value: AttributeValue?, as shape: Shape
    ) throws(ShapeMismatch) -> AttributeValue? {
        switch shape.kind {
        case .list(let list):
            var elements = value?.listValue ?? []
            try decodeItem(element, as: list.element, into: &elements)
            return .list(elements)
        case .map(let map):
            var members = value?.mapValue ?? [:]
            try decodeEntry(element, as: map, into: &members)
            return .map(members)
        case .structure, .string, .integer, .long, .float, .double, .boolean, .timestamp, .blob, .document:
            return try decode(element, as: shape)
        }
    }

    private static func decodeItem(
        _ element: XMLElement, as shape: Shape, into elements: inout [AttributeValue]
    ) throws(ShapeMismatch) {
        let value = try ShapeMismatch.within(.index(elements.count)) { () throws(ShapeMismatch) in
            try decode(element, as: shape)
        }
        if let value { elements.append(value) }
    }

    private static func decodeEntry(
        _ entry: XMLElement, as map: Shape.Map, into members: inout [String: AttributeValue]
    ) throws(ShapeMismatch) {
        guard let key = entry.child(map.keyName)?.text else { throw ShapeMismatch(expected: map.key) }
        guard let element = entry.child(map.valueName) else { return }
        members[key] = try ShapeMismatch.within(.key(key)) { () throws(ShapeMismatch) in
            try decode(element, as: map.value)
        }
    }
}

extension Shape {
    fileprivate var isBlob: Bool {
        if case .blob = kind { true } else { false }
    }
}
