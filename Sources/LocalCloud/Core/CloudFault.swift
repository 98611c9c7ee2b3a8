package import AttributeTree

/// A refusal, in the code and the words of AWS. The front door adds the service, the operation and a request id.
package struct CloudFault: Error, Sendable, Hashable {
    package var code: String
    package var message: String
    package var status: Int
    /// Further members of the error.
    package var details: AttributeValue

    package init(_ code: String, _ message: String, status: Int = 400, details: AttributeValue = [:]) {
        self.code = code
        self.message = message
        self.status = status
        self.details = details
    }
}
