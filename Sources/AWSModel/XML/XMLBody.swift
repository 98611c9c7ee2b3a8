import AttributeTree

/// Reads the value of a shape from an XML element.
enum XMLBody {
    /// `nil` for an empty element where a number, a boolean or a time should be: it says nothing.
    static func decode(
        _ element: XMLElement, as shape: Shape, at path: AttributePath = .root
    ) throws(ShapeMismatch) -> AttributeValue? {
        switch shape.kind {
        case .structure(let structure): return try decodeStructure(element, structure, at: path)
        case .list(let list):
            var elements: [AttributeValue] = []
            for child in element.children {
                if let value = try decode(child, as: list.element, at: path.index(elements.count)) {
                    elements.append(value)
                }
            }
            return .list(elements)
        case .map(let map):
            var members: [String: AttributeValue] = [:]
            for entry in element.children { try decodeEntry(entry, map, into: &members, at: path) }
            return .map(members)
        case .string, .document: return .string(element.text)
        case .integer, .long, .float, .double, .boolean, .timestamp, .blob:
            let text = element.trimmedText
            if text.isEmpty, !shape.isBlob { return nil }
            guard let value = ScalarText.value(of: text, as: shape) else {
                throw ShapeMismatch(at: path, expected: shape)
            }
            return value
        }
    }

    private static func decodeStructure(
        _ element: XMLElement, _ structure: Shape.Structure, at path: AttributePath
    ) throws(ShapeMismatch) -> AttributeValue {
        var result: [String: AttributeValue] = [:]
        for child in element.children {
            guard let member = structure.members.first(where: { child.isNamed($0.xmlName) }) else { continue }
            let path = path.member(member.name)
            if member.isFlattened {
                result[member.name] = try appending(child, to: result[member.name], as: member.shape, at: path)
            } else if let value = try decode(child, as: member.shape, at: path) {
                result[member.name] = value
            }
        }
        return .map(result)
    }

    /// A flattened list or map with one more element.
    private static func appending(
        _ element: XMLElement, to value: AttributeValue?, as shape: Shape, at path: AttributePath
    ) throws(ShapeMismatch) -> AttributeValue? {
        switch shape.kind {
        case .list(let list):
            let elements = value?.listValue ?? []
            let next = try decode(element, as: list.element, at: path.index(elements.count))
            return .list(elements + (next.map { [$0] } ?? []))
        case .map(let map):
            var members = value?.mapValue ?? [:]
            try decodeEntry(element, map, into: &members, at: path)
            return .map(members)
        case .structure, .string, .integer, .long, .float, .double, .boolean, .timestamp, .blob, .document:
            return try decode(element, as: shape, at: path)
        }
    }

    private static func decodeEntry(
        _ entry: XMLElement, _ map: Shape.Map, into members: inout [String: AttributeValue], at path: AttributePath
    ) throws(ShapeMismatch) {
        guard let key = entry.child(map.keyName)?.text else { throw ShapeMismatch(at: path, expected: map.key) }
        guard let element = entry.child(map.valueName) else { return }
        members[key] = try decode(element, as: map.value, at: path.key(key))
    }
}

extension Shape {
    fileprivate var isBlob: Bool {
        if case .blob = kind { true } else { false }
    }
}
