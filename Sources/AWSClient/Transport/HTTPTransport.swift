package import AWSModel
package import SigV4

/// One request as it goes out.
package struct HTTPRequest: Sendable, Hashable {
    package var method: String
    package var address: EndpointAddress
    /// Path and query, as in the request line.
    package var target: String
    package var headers: [HeaderField]
    package var body: [UInt8]

    package init(
        method: String, address: EndpointAddress, target: String, headers: [HeaderField], body: [UInt8] = []
    ) {
        self.method = method
        self.address = address
        self.target = target
        self.headers = headers
        self.body = body
    }
}

/// What carries requests: the network, or a script in tests.
package protocol HTTPTransport: Sendable {
    /// Gives the whole answer, whatever its status; throws ``TransportFailure`` when there is none.
    func send(_ request: HTTPRequest) async throws -> WireResponse
}

/// Why no answer arrived.
package struct TransportFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Reason: String, Sendable, Hashable {
        /// No connection: the request was not sent.
        case connection = "ConnectionFailed"
        /// The peer could not prove who it is: the request was not sent.
        case tls = "TLSFailed"
        /// The answer took too long; the request may have been carried out.
        case timeout = "Timeout"
        /// The connection ended before the answer did; the request may have been carried out.
        case interrupted = "ConnectionInterrupted"
        /// The answer is larger than any that is expected; the request was carried out.
        case tooLarge = "AnswerTooLarge"
    }

    package var reason: Reason
    package var message: String

    package init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    package var description: String { "\(reason.rawValue): \(message)" }
}
