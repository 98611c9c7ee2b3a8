import AttributeTree

/// Between a value and the tree that the JSON protocol writes for it. The two differ in times, and in numbers that JSON
/// lacks. Both directions serve requests and answers alike.
enum JSONBody {
    /// - Parameter value: One that a ``ShapeChecker`` found to fit.
    static func encode(_ value: AttributeValue, as shape: Shape) -> AttributeValue {
        switch shape.kind {
        case .structure(let structure):
            var members: [String: AttributeValue] = [:]
            for member in structure.members {
                guard let value = value[member.name], !value.isNull else { continue }
                members[member.name] = encode(value, as: member.shape)
            }
            return .map(members)
        case .list(let list): return .list((value.listValue ?? []).map { encode($0, as: list.element) })
        case .map(let map): return .map((value.mapValue ?? [:]).mapValues { encode($0, as: map.value) })
        case .integer, .long: return value.wholeNumber.map { .int($0) } ?? value
        case .timestamp(let format): return encodeTime(value, as: format)
        case .string, .float, .double, .boolean, .blob, .document: return value
        }
    }

    private static func encodeTime(_ value: AttributeValue, as format: Timestamp.Format?) -> AttributeValue {
        switch format {
        case .iso8601?, .rfc822?: .string(Timestamp.text(value, as: format ?? .iso8601))
        case .unixTimestamp?, nil: value
        }
    }

    /// The value that the wire holds. Members that the shape does not know are ignored, as are members that are null.
    static func decode(_ wire: AttributeValue, as shape: Shape) throws(ShapeMismatch) -> AttributeValue {
        switch shape.kind {
        case .structure(let structure):
            guard let members = wire.mapValue else { throw ShapeMismatch(expected: shape) }
            return .map(try decode(members, as: structure))
        case .list(let list):
            guard let elements = wire.listValue else { throw ShapeMismatch(expected: shape) }
            return .list(try decode(elements, as: list.element))
        case .map(let map):
            guard var members = wire.mapValue else { throw ShapeMismatch(expected: shape) }
            let shape = map.value
            for (name, member) in members where !member.isNull {
                members[name] = try ShapeMismatch.within(.key(name)) { () throws(ShapeMismatch) in
                    try decode(member, as: shape)
                }
            }
            return .map(members)
        case .document: return wire
        case .string, .integer, .long, .float, .double, .boolean, .timestamp, .blob:
            guard let value = decodeScalar(wire, as: shape) else { throw ShapeMismatch(expected: shape) }
            return value
        }
    }

    private static func decode(
        _ members: [String: AttributeValue], as structure: Shape.Structure
    ) throws(ShapeMismatch) -> [String: AttributeValue] {
        var result: [String: AttributeValue] = [:]
        result.reserveCapacity(members.count)
        // By index: most members are absent, and need not be copied to find that out.
        for index in structure.members.indices {
            guard let value = members[structure.members[index].name], !value.isNull else { continue }
            let member = structure.members[index]
            result[member.name] = try ShapeMismatch.within(.member(member.name)) { () throws(ShapeMismatch) in
                try decode(value, as: member.shape)
            }
        }
        return result
    }

    private static func decode(
        _ elements: [AttributeValue], as shape: Shape
    ) throws(ShapeMismatch) -> [AttributeValue] {
        var result: [AttributeValue] = []
        result.reserveCapacity(elements.count)
        for element in elements {
            result.append(
                try ShapeMismatch.within(.index(result.count)) { () throws(ShapeMismatch) in
                    element.isNull ? .null : try decode(element, as: shape)
                })
        }
        return result
    }

    private static func decodeScalar(_ wire: AttributeValue, as shape: Shape) -> AttributeValue? {
        switch shape.kind {
        case .string: wire.stringValue == nil ? nil : wire
        case .integer, .long: wire.wholeNumber.map { .int($0) }
        case .float, .double: wire.floatingNumber == nil ? nil : wire
        case .boolean: wire.boolValue == nil ? nil : wire
        case .blob: wire.stringValue.map(Base64.isValid) == true ? wire : nil
        case .timestamp: wire.stringValue.map(Timestamp.parse) ?? wire.doubleValue.map(Timestamp.value)
        case .structure, .list, .map, .document: nil
        }
    }
}
