import AttributeTree

/// Reads the input of an operation from the parameters of a request: the reverse of ``QueryEncoder``.
struct QueryDecoder {
    private let wireProtocol: WireProtocol

    init(_ wireProtocol: WireProtocol) {
        self.wireProtocol = wireProtocol
    }

    func decode(
        _ tree: ParameterTree, as shape: Shape, isFlattened: Bool = false
    ) throws(ShapeMismatch) -> AttributeValue {
        switch shape.kind {
        case .structure(let structure):
            var members: [String: AttributeValue] = [:]
            for member in structure.members {
                guard let child = tree.children[member.queryName(in: wireProtocol)] else { continue }
                members[member.name] = try ShapeMismatch.within(.member(member.name)) { () throws(ShapeMismatch) in
                    try decode(child, as: member.shape, isFlattened: member.isFlattened)
                }
            }
            return .map(members)
        case .list(let list):
            let holder = isFlattened || wireProtocol == .ec2Query ? tree : tree.children[list.itemName]
            var elements: [AttributeValue] = []
            for element in holder?.numbered ?? [] {
                elements.append(
                    try ShapeMismatch.within(.index(elements.count)) { () throws(ShapeMismatch) in
                        try decode(element, as: list.element)
                    })
            }
            return .list(elements)
        case .map(let map): return try decode(isFlattened ? tree : tree.children["entry"], as: map)
        case .string, .integer, .long, .float, .double, .boolean, .timestamp, .blob, .document:
            guard let value = tree.value.flatMap({ ScalarText.value(of: $0, as: shape) }) else {
                throw ShapeMismatch(expected: shape)
            }
            return value
        }
    }

    private func decode(_ holder: ParameterTree?, as map: Shape.Map) throws(ShapeMismatch) -> AttributeValue {
        var members: [String: AttributeValue] = [:]
        for entry in holder?.numbered ?? [] {
            guard let key = entry.children[map.keyName]?.value, let value = entry.children[map.valueName] else {
                throw ShapeMismatch(expected: map.key)
            }
            members[key] = try ShapeMismatch.within(.key(key)) { () throws(ShapeMismatch) in
                try decode(value, as: map.value)
            }
        }
        return .map(members)
    }
}
