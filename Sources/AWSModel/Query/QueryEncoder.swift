import AttributeTree

/// Writes an input as the parameters of the query protocols.
///
/// The two differ in names and in lists: EC2 has capitals, and its lists are always flattened.
struct QueryEncoder {
    private let wireProtocol: WireProtocol
    private(set) var parameters = FormParameters()

    init(_ wireProtocol: WireProtocol, action: String, version: String) {
        self.wireProtocol = wireProtocol
        parameters.append("Action", action)
        parameters.append("Version", version)
    }

    /// - Parameter value: One that a ``ShapeChecker`` found to fit.
    mutating func encode(_ value: AttributeValue, as shape: Shape, prefix: String = "", isFlattened: Bool = false) {
        switch shape.kind {
        case .structure(let structure):
            for member in structure.members {
                guard let value = value[member.name], !value.isNull else { continue }
                encode(
                    value, as: member.shape, prefix: join(prefix, member.queryName(in: wireProtocol)),
                    isFlattened: member.isFlattened)
            }
        case .list(let list): encode(value.listValue ?? [], list, prefix: prefix, isFlattened: isFlattened)
        case .map(let map): encode(value.mapValue ?? [:], map, prefix: prefix, isFlattened: isFlattened)
        case .string, .integer, .long, .float, .double, .boolean, .timestamp, .blob, .document:
            parameters.append(prefix, ScalarText.text(of: value, as: shape))
        }
    }

    private func join(_ prefix: String, _ name: String) -> String {
        prefix.isEmpty ? name : "\(prefix).\(name)"
    }

    private mutating func encode(
        _ elements: [AttributeValue], _ list: Shape.List, prefix: String, isFlattened: Bool
    ) {
        if elements.isEmpty, wireProtocol == .awsQuery { parameters.append(prefix, "") }
        let isFlattened = isFlattened || wireProtocol == .ec2Query
        let base = isFlattened ? prefix : join(prefix, list.itemName)
        for (index, element) in elements.enumerated() {
            encode(element, as: list.element, prefix: "\(base).\(index + 1)")
        }
    }

    private mutating func encode(
        _ members: [String: AttributeValue], _ map: Shape.Map, prefix: String, isFlattened: Bool
    ) {
        let base = isFlattened ? prefix : join(prefix, "entry")
        for (index, (name, value)) in members.inByteOrder().enumerated() {
            parameters.append("\(base).\(index + 1).\(map.keyName)", name)
            encode(value, as: map.value, prefix: "\(base).\(index + 1).\(map.valueName)")
        }
    }
}
