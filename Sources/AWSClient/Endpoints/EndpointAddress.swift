/// Where a service listens: the beginning of every URL that is sent there.
package struct EndpointAddress: Sendable, Hashable {
    package enum Scheme: String, Sendable, Hashable { case http, https }

    package var scheme: Scheme
    /// A name or an address; an IPv6 address in brackets.
    package var host: String
    /// `nil` for the scheme's own.
    package var port: Int?
    /// What stands before every path, without a slash at its end; usually empty.
    package var path: String

    package init(scheme: Scheme = .https, host: String, port: Int? = nil, path: String = "") {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
    }

    /// Reads `http://host:port/path`; `nil` for anything else.
    package init?(_ url: String) {
        guard let separator = url.firstRange(of: "://"),
            let scheme = Scheme(rawValue: url[..<separator.lowerBound].lowercased())
        else { return nil }
        let rest = url[separator.upperBound...]
        guard !rest.contains(where: { $0 == "?" || $0 == "#" || $0 == "@" || $0.isWhitespace }) else { return nil }
        let authority = rest.prefix { $0 != "/" }
        var path = String(rest[authority.endIndex...])
        while path.hasSuffix("/") { path.removeLast() }
        // The colon of a port comes after the bracket of an IPv6 address.
        let hostEnd = authority.lastIndex(of: "]").map { authority.index(after: $0) } ?? authority.startIndex
        let colon = authority[hostEnd...].firstIndex(of: ":")
        let host = authority[..<(colon ?? authority.endIndex)]
        guard !host.isEmpty else { return nil }
        var port: Int?
        if let colon {
            guard let number = Int(authority[authority.index(after: colon)...]), (1...65535).contains(number) else {
                return nil
            }
            port = number
        }
        self.init(scheme: scheme, host: String(host), port: port, path: path)
    }

    /// The value of the `Host` header: a port that is the scheme's own is left out.
    package var authority: String {
        let usual = scheme == .https ? 443 : 80
        guard let port, port != usual else { return host }
        return "\(host):\(port)"
    }
}

extension EndpointAddress: CustomStringConvertible {
    package var description: String {
        "\(scheme.rawValue)://\(host)\(port.map { ":\($0)" } ?? "")\(path)"
    }
}
