package import AWSClient
import AWSModel
import SigV4

/// Probes over a transport.
///
/// Where the name of a load balancer leads nowhere and a custom endpoint is configured, it asks there, with the name in
/// the `Host` header: that is how AWS-compatible servers forward to their load balancers.
package struct TransportProber: Prober {
    private let transport: any HTTPTransport
    private let endpoint: EndpointAddress?
    private let portShift: Int

    /// - Parameters:
    ///   - endpoint: of an AWS-compatible server; `nil` for AWS.
    ///   - portShift: how far above the port of its listener a load balancer answers, for ports below 1024.
    package init(transport: any HTTPTransport, endpoint: EndpointAddress?, portShift: Int = 0) {
        self.transport = transport
        self.endpoint = endpoint
        self.portShift = portShift
    }

    package func located(_ request: ProbeRequest) -> ProbeRequest {
        var request = request
        if request.port < 1024 { request.port += portShift }
        return request
    }

    package func probe(_ request: ProbeRequest) async throws -> ProbeOutcome {
        let address = EndpointAddress(scheme: request.isSecure ? .https : .http, host: request.host, port: request.port)
        let outcome = try await ask(address, request)
        guard case .unanswered = outcome, var endpoint else { return outcome }
        endpoint.path = ""
        let second = try await ask(endpoint, request)
        if case .unanswered = second { return outcome }
        return second
    }

    private func ask(_ address: EndpointAddress, _ request: ProbeRequest) async throws -> ProbeOutcome {
        let headers = [
            HeaderField("Host", request.authority), HeaderField("User-Agent", "reconcile"),
        ]
        do {
            let response = try await transport.send(
                HTTPRequest(method: "GET", address: address, target: request.path, headers: headers))
            let body = String(decoding: response.body.prefix(Self.bodyLength), as: UTF8.self)
            return .answered(status: response.status, body: body, via: "\(address)\(request.path)")
        } catch let failure as TransportFailure where failure.reason == .tls {
            return .otherCertificate
        } catch let failure as TransportFailure {
            return .unanswered(reason: failure.description)
        }
    }

    /// In bytes.
    private static let bodyLength = 200
}
