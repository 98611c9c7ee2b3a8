import AWSClient
import AttributeTree

/// The answer of a call, whose parts are asked for by name.
struct AWSAnswer: Sendable {
    let output: AttributeValue
    let operation: String

    init(_ output: AttributeValue, of operation: String) {
        self.output = output
        self.operation = operation
    }

    /// A string that a successful answer always has.
    /// - Throws: ``AWSError`` when it does not have it.
    func string(_ path: String...) throws -> String {
        var value: AttributeValue? = output
        for name in path { value = Int(name).map { value?[$0] } ?? value?[name] }
        guard let text = value?.stringValue else {
            throw AWSError(
                operation: operation, kind: .unreadable, code: "MissingMember",
                message: "the answer has no \(path.joined(separator: "."))", attempts: 1)
        }
        return text
    }
}
