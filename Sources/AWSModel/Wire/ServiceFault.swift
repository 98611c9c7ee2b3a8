package import AttributeTree

/// An answer of AWS that is not a result.
///
/// Decide by ``code`` and ``status``; the message is for people. It has a code whatever the answer looked like: where
/// the body names none, the status stands in, as in `502`.
package struct ServiceFault: Error, Sendable, Hashable {
    package var service: String
    package var operation: String?
    package var code: String
    package var message: String
    package var status: Int
    package var requestID: String?
    /// Further members of the error, where the service model knows it.
    package var details: AttributeValue

    package init(
        service: String, operation: String? = nil, code: String, message: String, status: Int = 400,
        requestID: String? = nil, details: AttributeValue = [:]
    ) {
        self.service = service
        self.operation = operation
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.details = details
    }
}

extension ServiceFault: CustomStringConvertible {
    package var description: String {
        let call = operation.map { "\(service):\($0)" } ?? service
        let said = message.isEmpty ? "" : ": \(message)"
        let request = requestID.map { ", request \($0)" } ?? ""
        return "\(call): \(code)\(said) (HTTP \(status)\(request))"
    }
}
