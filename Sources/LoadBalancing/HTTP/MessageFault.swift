/// Why a message cannot be understood, or must not be, because others could understand it differently.
package enum MessageFault: Error, Sendable, Hashable, CaseIterable {
    case malformedRequestLine, malformedStatusLine, unsupportedVersion
    /// Longer than ``MessageLimits`` allows.
    case firstLineTooLong, fieldTooLong, headTooLarge
    /// A line that ends without a carriage return.
    case bareLineFeed
    case malformedFieldName, malformedFieldValue
    /// A field that goes on in the next line, as RFC 9112 §5.2 forbids.
    case foldedField
    case missingHost, repeatedHost, malformedHost
    /// Two different ways of telling where the body ends: the stuff of request smuggling.
    case lengthAndTransferEncoding
    case repeatedLength, malformedLength
    case repeatedTransferEncoding, unsupportedTransferEncoding
    case malformedChunk, chunkExtensionTooLong, trailersTooLarge

    /// The answer to a client that sent such a request.
    package var status: Int {
        switch self {
        case .firstLineTooLong: 414
        case .unsupportedTransferEncoding: 501
        case .unsupportedVersion: 505
        default: 400
        }
    }
}

/// How large the parts of a head may be, in bytes. The defaults are those of the Application Load Balancer.
package struct MessageLimits: Sendable, Hashable {
    package var firstLine: Int
    package var field: Int
    package var head: Int

    package init(firstLine: Int = 16 * 1024, field: Int = 16 * 1024, head: Int = 64 * 1024) {
        self.firstLine = firstLine
        self.field = field
        self.head = head
    }
}
