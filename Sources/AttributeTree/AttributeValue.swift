/// The one tree in which attributes travel: from a manifest, to and from AWS, into the state store and back.
///
/// Timestamps are numbers of seconds since 1970, and blobs are strings in Base64, as in the JSON protocols of AWS.
/// `null` stands for a member that was written as nothing; whether that equals an absent member is for a schema to say.
package enum AttributeValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int)
    case number(Double)
    case string(String)
    case list([AttributeValue])
    case map([String: AttributeValue])
}

extension AttributeValue {
    package var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    package var intValue: Int? {
        if case .int(let value) = self { value } else { nil }
    }

    /// The value of a number, whole or not.
    package var doubleValue: Double? {
        switch self {
        case .int(let value): Double(value)
        case .number(let value): value
        case .null, .bool, .string, .list, .map: nil
        }
    }

    package var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var listValue: [AttributeValue]? {
        if case .list(let value) = self { value } else { nil }
    }

    package var mapValue: [String: AttributeValue]? {
        if case .map(let value) = self { value } else { nil }
    }

    package var isNull: Bool { self == .null }

    /// The member of a map; `nil` for a member that is absent, and for every value that is not a map.
    package subscript(member: String) -> AttributeValue? {
        get { mapValue?[member] }
        set {
            guard case .map(var members) = self else { return }
            self = .null  // gives up the storage, so that the line below changes it in place
            members[member] = newValue
            self = .map(members)
        }
    }

    /// The element of a list; `nil` outside its bounds, and for every value that is not a list.
    package subscript(index: Int) -> AttributeValue? {
        guard case .list(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// What a message calls a value of this form.
    package var typeName: String {
        switch self {
        case .null: "nothing"
        case .bool: "a boolean"
        case .int: "a whole number"
        case .number: "a number"
        case .string: "a string"
        case .list: "a list"
        case .map: "a map"
        }
    }
}

extension AttributeValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .int(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: AttributeValue...) { self = .list(elements) }
    package init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self = .map(Dictionary(elements) { _, last in last })
    }
}
