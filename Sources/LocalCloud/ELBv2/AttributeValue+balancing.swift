import AttributeTree

extension AttributeValue {
    /// A structure without the members that are `nil`.
    static func structure(_ members: [String: AttributeValue?]) -> AttributeValue {
        .map(members.compactMapValues { $0 })
    }

    static func texts(_ values: [String]) -> AttributeValue { .list(values.map { .string($0) }) }

    /// A member that is a list of texts; empty when it is absent.
    func texts(_ member: String) -> [String] { self[member]?.listValue?.compactMap(\.stringValue) ?? [] }

    func text(_ member: String) -> String? { self[member]?.stringValue }

    /// Whether a member is there, and not an empty list.
    func says(_ member: String) -> Bool {
        switch self[member] {
        case nil, .null, .list([]): false
        default: true
        }
    }
}
