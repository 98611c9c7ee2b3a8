/// The parameters of a request by the parts of their names: `Tags.member.1.Key` is four levels deep.
struct ParameterTree {
    private(set) var value: String?
    private(set) var children: [String: ParameterTree] = [:]

    private static let maximumDepth = 64

    /// `nil` where a name has more parts than any request needs.
    init?(_ parameters: FormParameters) {
        for (name, value) in parameters.pairs {
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count <= Self.maximumDepth else { return nil }
            insert(value, at: parts[...])
        }
    }

    private init() {}

    private mutating func insert(_ value: String, at parts: ArraySlice<Substring>) {
        guard let first = parts.first else {
            self.value = value
            return
        }
        children[String(first), default: ParameterTree()].insert(value, at: parts.dropFirst())
    }

    /// What is numbered, in the order of the numbers; these need not be consecutive.
    var numbered: [ParameterTree] {
        children.compactMap { name, child in Int(name).map { ($0, child) } }.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
