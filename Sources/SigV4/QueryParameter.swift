/// One parameter of a query, decoded.
struct QueryParameter: Sendable, Hashable {
    var name: [UInt8]
    var value: [UInt8]

    /// A parameter without `=` has an empty value; empty parameters vanish.
    static func parse(_ query: String) -> [QueryParameter] {
        query.split(separator: "&").map { parameter in
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return QueryParameter(
                name: PercentEncoding.decode(parts[0]), value: parts.count > 1 ? PercentEncoding.decode(parts[1]) : [])
        }
    }

    /// Whether a piece of a raw query is the parameter of that name, which needs no encoding.
    static func isNamed(_ name: String, _ parameter: Substring) -> Bool {
        PercentEncoding.decode(parameter.prefix { $0 != "=" }).elementsEqual(name.utf8)
    }
}
