package import AttributeTree

/// A successful answer that is not what the service model says it should be. Its content is never quoted: it may hold
/// credentials.
package struct UnreadableResponse: Error, Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
        /// The body is not of the protocol's form.
        case notReadable(String)
        /// A member the model knows has a value of another type.
        case wrongType(at: AttributePath, expected: String)
    }

    package var service: String
    package var operation: String
    package var reason: Reason
    package var status: Int
    package var requestID: String?

    package init(service: String, operation: String, reason: Reason, status: Int, requestID: String?) {
        self.service = service
        self.operation = operation
        self.reason = reason
        self.status = status
        self.requestID = requestID
    }
}

extension UnreadableResponse: CustomStringConvertible {
    package var description: String {
        let request = requestID.map { ", request \($0)" } ?? ""
        return "\(service):\(operation): the answer cannot be read: \(reason) (HTTP \(status)\(request))"
    }
}

extension UnreadableResponse.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notReadable(let explanation): explanation
        case .wrongType(let path, let expected): "\(path.isRoot ? "the body" : "\(path)") is not \(expected)"
        }
    }
}

/// A value on the wire that its shape does not allow: raised by the decoders, which know neither operation nor side.
struct ShapeMismatch: Error, Hashable {
    var path: AttributePath
    var expected: String

    init(expected: Shape) {
        path = .root
        self.expected = expected.phrase
    }

    /// Runs what reads a part of a value. The path of a mismatch in it grows on its way out, so that a value without one
    /// pays nothing for it.
    static func within<Value>(
        _ part: AttributePath.Element, _ read: () throws(ShapeMismatch) -> Value
    ) throws(ShapeMismatch) -> Value {
        do {
            return try read()
        } catch {
            var mismatch = error
            mismatch.path.elements.insert(part, at: 0)
            throw mismatch
        }
    }
}

extension Shape {
    /// What a message calls a value of this shape.
    var phrase: String {
        switch kind {
        case .structure: "a structure"
        case .list: "a list"
        case .map: "a map"
        case .string: "a string"
        case .integer, .long: "a whole number"
        case .float, .double: "a number"
        case .boolean: "a boolean"
        case .timestamp: "a time"
        case .blob: "text in Base64"
        case .document: "a document"
        }
    }
}
