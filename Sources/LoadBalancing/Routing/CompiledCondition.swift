/// A ``Condition`` ready to be tried.
struct CompiledCondition: Sendable {
    private enum Kind: Sendable {
        case host([TextMatcher])
        case path([TextMatcher])
        case method([String])
        case sourceIP([AddressRange])
        case header(name: String, [TextMatcher])
        case query([QueryMatcher])
    }

    private let kind: Kind
    /// The values that cannot be understood, as they were written.
    let invalidValues: [String]

    init(_ condition: Condition) {
        var invalid: [String] = []
        func matchers(_ patterns: [TextPattern], ignoresCase: Bool) -> [TextMatcher] {
            patterns.compactMap { TextMatcher($0, ignoresCase: ignoresCase, invalid: &invalid) }
        }
        kind =
            switch condition {
            case .host(let patterns): .host(matchers(patterns, ignoresCase: true))
            case .path(let patterns): .path(matchers(patterns, ignoresCase: false))
            case .method(let methods): .method(methods)
            case .sourceIP(let blocks):
                .sourceIP(
                    blocks.compactMap { block in
                        let range = AddressRange(block)
                        if range == nil { invalid.append(block.description) }
                        return range
                    })
            case .header(let name, let patterns):
                .header(name: name.lowercased(), matchers(patterns, ignoresCase: true))
            case .query(let patterns): .query(patterns.compactMap { QueryMatcher($0, invalid: &invalid) })
            }
        invalidValues = invalid
    }

    func isMet(by request: some RoutableRequest) -> Bool {
        switch kind {
        case .host(let matchers):
            let host = request.host
            return matchers.contains { $0.matches(host) }
        case .path(let matchers):
            let path = request.path
            return matchers.contains { $0.matches(path) }
        case .method(let methods):
            return methods.contains(request.method)
        case .sourceIP(let ranges):
            guard let peer = request.peer else { return false }
            return ranges.contains { $0.contains(peer) }
        case .header(let name, let matchers):
            return request.headerValues(name).contains { value in
                matchers.contains { $0.matches(value[...]) }
            }
        case .query(let matchers):
            let query = request.query
            return matchers.contains { $0.matches(query) }
        }
    }
}
