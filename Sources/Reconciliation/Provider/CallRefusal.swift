/// What a cloud has answered a call with that it did not carry out.
package struct CallRefusal: Sendable, Equatable {
    /// `ecs:CreateService`
    package var operation: String
    /// The cloud's own word for it.
    package var code: String
    /// All that is known of it, as a person reads it.
    package var words: String

    package init(operation: String, code: String, words: String) {
        self.operation = operation
        self.code = code
        self.words = words
    }
}

/// An error that may be a refusal.
package protocol RefusedCall: Error {
    /// `nil` when it is something else: no answer, for one.
    var refusal: CallRefusal? { get }
}
