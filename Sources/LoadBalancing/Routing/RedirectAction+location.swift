extension RedirectAction {
    /// Where the client of this request is sent: the value of `Location`.
    ///
    /// It names the port always, as `https://example.com:443/path?query`.
    package func location(for request: some RoutableRequest) -> String {
        let query = expanded(query, for: request)
        return expanded(scheme, for: request).lowercased() + "://" + expanded(host, for: request) + ":"
            + expanded(port, for: request) + expanded(path, for: request) + (query.isEmpty ? "" : "?\(query)")
    }

    /// What stands between `#{` and `}` is replaced once: what a request brings is not expanded again.
    private func expanded(_ template: String, for request: some RoutableRequest) -> String {
        var result = ""
        var rest = template[...]
        while let start = rest.firstRange(of: "#{"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            result += rest[..<start.lowerBound]
            let keyword = rest[start.upperBound..<end]
            switch keyword {
            case "protocol": result += request.scheme
            case "host": result += request.host
            case "port": result += String(request.port)
            case "path": result += request.path.hasPrefix("/") ? request.path.dropFirst() : request.path
            case "query": result += request.query
            default: result += rest[start.lowerBound...end]
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
