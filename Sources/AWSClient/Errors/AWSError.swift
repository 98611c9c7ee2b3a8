/// A call that gave no result.
///
/// Decide by ``kind`` and ``code``, never by the message; the few messages that AWS gives no code of its own are data,
/// see ``FaultPattern``.
package struct AWSError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// The service answered with a fault.
        case fault
        /// No answer arrived.
        case transport(TransportFailure.Reason)
        /// An answer arrived that is none: an HTML page, half a body, a value of the wrong type.
        case unreadable
        /// The input does not fit the operation; nothing was sent.
        case invalidInput
        /// There are no credentials; nothing was sent.
        case noCredentials
        /// There are credentials, and their time is over.
        case expiredCredentials
        /// It is not known where to send the call.
        case noEndpoint
    }

    /// `ecs:CreateService`
    package var operation: String
    package var kind: Kind
    /// The code of the fault on the wire, or a word of ours where there is none.
    package var code: String
    package var message: String
    /// The HTTP status, where an answer arrived.
    package var status: Int?
    /// What AWS's support asks for.
    package var requestID: String?
    /// How often the call was sent.
    package var attempts: Int

    package init(
        operation: String, kind: Kind, code: String, message: String, status: Int? = nil, requestID: String? = nil,
        attempts: Int = 0
    ) {
        self.operation = operation
        self.kind = kind
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.attempts = attempts
    }

    /// The part of the operation before the colon.
    package var service: String { String(operation.prefix { $0 != ":" }) }
}

extension AWSError: CustomStringConvertible {
    package var description: String {
        var facts: [String] = []
        if let status { facts.append("HTTP \(status)") }
        if attempts > 1 { facts.append("\(attempts) attempts") }
        if let requestID { facts.append("request \(requestID)") }
        let detail = facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))"
        return "\(operation): \(code)\(message.isEmpty ? "" : ": \(message)")\(detail)"
    }
}
