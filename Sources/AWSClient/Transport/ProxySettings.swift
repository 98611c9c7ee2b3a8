import SigV4

/// A proxy, and who asks it.
package struct Proxy: Sendable, Hashable {
    package var address: EndpointAddress
    /// `user:password`, not encoded.
    package var login: String?

    /// Reads `http://user:password@host:port`, where all but the host may be missing.
    package init(_ url: String) throws(EndpointError) {
        var rest = url[...]
        let scheme = rest.firstRange(of: "://").map { rest[..<$0.upperBound] } ?? ""
        rest = rest.dropFirst(scheme.count)
        if let at = rest.lastIndex(of: "@") {
            login = String(decoding: PercentEncoding.decode(rest[..<at]), as: UTF8.self)
            rest = rest[rest.index(after: at)...]
        }
        // The login is secret, and stays out of the message.
        guard let address = EndpointAddress("\(scheme.isEmpty ? "http://" : scheme)\(rest)") else {
            throw .invalidURL("\(scheme)\(rest)")
        }
        self.address = address
    }
}

/// Which requests go through a proxy, by the environment variables that every tool knows.
package struct ProxySettings: Sendable, Hashable {
    package var http: Proxy?
    package var https: Proxy?
    /// Hosts, or domains with or without a dot before them, that are reached directly; `*` for all.
    package var exceptions: [String]

    package static let none = ProxySettings()

    private init() {
        exceptions = []
    }

    /// Lower-case names go before upper-case ones.
    package init(_ environment: EnvironmentVariables) throws(EndpointError) {
        func value(_ name: String) -> String? {
            environment.present(name) ?? environment.present(name.uppercased())
        }
        if let url = value("http_proxy") { http = try Proxy(url) }
        if let url = value("https_proxy") { https = try Proxy(url) }
        exceptions = (value("no_proxy") ?? "").split(separator: ",").map { $0.trimmed().lowercased() }
    }

    /// The proxy for an address; this machine is always reached directly.
    package func proxy(for address: EndpointAddress) -> Proxy? {
        let host = address.host.lowercased()
        guard !["localhost", "127.0.0.1", "[::1]"].contains(host), !exceptions.contains(where: { $0.covers(host) })
        else { return nil }
        switch address.scheme {
        case .http: return http
        case .https: return https
        }
    }
}

extension String {
    /// `example.com` and `.example.com` both cover the domain and everything below it.
    fileprivate func covers(_ host: String) -> Bool {
        guard !isEmpty else { return false }
        let domain = hasPrefix(".") ? String(dropFirst()) : self
        return self == "*" || host == domain || host.hasSuffix(".\(domain)")
    }
}
