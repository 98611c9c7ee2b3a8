/// Asks through a load balancer, once.
package protocol Prober: Sendable {
    /// No answer is an outcome too; throws only `CancellationError`.
    func probe(_ request: ProbeRequest) async throws -> ProbeOutcome
    /// Where a listener is really found: at its port, except where a cloud on this machine may not open that one.
    func located(_ request: ProbeRequest) -> ProbeRequest
}

extension Prober {
    package func located(_ request: ProbeRequest) -> ProbeRequest { request }
}

/// What is asked for: a path, at a port of a load balancer.
package struct ProbeRequest: Sendable, Hashable {
    package var isSecure: Bool
    /// The load balancer's DNS name.
    package var host: String
    package var port: Int
    package var path: String

    package init(isSecure: Bool, host: String, port: Int, path: String) {
        self.isSecure = isSecure
        self.host = host
        self.port = port
        self.path = path
    }

    /// As a browser takes it: without a port that is the scheme's own.
    package var url: String { root.dropLast() + path }

    /// Where the application begins, whatever path is asked for to prove that it is there.
    package var root: String { "\(isSecure ? "https" : "http")://\(authority)/" }

    /// The value of the `Host` header.
    package var authority: String { port == (isSecure ? 443 : 80) ? host : "\(host):\(port)" }
}

package enum ProbeOutcome: Sendable, Hashable {
    /// - Parameters:
    ///   - via: the URL that was answered, which is another than the one asked for behind a custom endpoint.
    ///   - body: its beginning.
    case answered(status: Int, body: String, via: String)
    /// The load balancer was reached and proved to be another name, as one whose certificate is for the service's own
    /// domain does: more cannot be asked of it by its DNS name.
    case otherCertificate
    case unanswered(reason: String)
}
