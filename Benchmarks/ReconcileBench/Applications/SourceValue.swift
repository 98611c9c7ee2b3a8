/// A value of a generated configuration, in the order in which it is written, and open to any language.
indirect enum SourceValue {
    case text(String)
    case number(Int)
    case bool(Bool)
    case list([SourceValue])
    case map([(name: String, value: SourceValue)])
    /// To another generated resource.
    case reference(GeneratedResource.ID)
}

extension SourceValue {
    /// Whatever it refers to.
    var references: [GeneratedResource.ID] {
        switch self {
        case .text, .number, .bool: []
        case .list(let elements): elements.flatMap(\.references)
        case .map(let members): members.flatMap(\.value.references)
        case .reference(let id): [id]
        }
    }
}

extension SourceValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .number(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: SourceValue...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, SourceValue)...) { self = .map(elements.map { ($0, $1) }) }
}

extension SourceValue: ExpressibleByStringInterpolation {}
