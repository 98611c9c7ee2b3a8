package import AttributeTree
package import ResourceModel

/// What is about to be asked of the cloud, written down first: an intent with no outcome tells the next start that the
/// call may or may not have been made, and how to recognise what it made.
package struct Intent: Sendable, Hashable {
    package enum Action: String, Sendable, Hashable {
        case create, update, delete
    }

    /// Unique within the state; the number of the intent in the order in which they were begun.
    package var id: Int
    package var address: ResourceAddress
    package var action: Action
    package var cloudName: String
    /// What is changed or deleted; `nil` for what is to be created.
    package var identity: ResourceIdentity?
    /// Sent with calls that take one, so that a repeat of the call is the same call.
    package var clientToken: String
    /// SHA-256 of what is sent, in hexadecimal: finds a revision that was registered although no answer came.
    package var contentHash: String
    /// Seconds since 1970.
    package var startedAt: Double
    /// What is recorded when the call has succeeded; `nil` for a deletion.
    package var outcome: Outcome?

    /// All of a ``RecordedResource`` that is known before the call.
    package struct Outcome: Sendable, Hashable {
        package var attributes: AttributeValue
        package var dependencies: [ResourceAddress]
        package var protect: Bool
        /// What becomes of the identity that the resource had before, where a creation gives it another; `nil` when that
        /// no longer exists.
        package var retiring: RetiredIdentity.Reason?

        package init(
            attributes: AttributeValue, dependencies: [ResourceAddress], protect: Bool,
            retiring: RetiredIdentity.Reason? = nil
        ) {
            self.attributes = attributes
            self.dependencies = dependencies
            self.protect = protect
            self.retiring = retiring
        }
    }

    package init(
        id: Int, address: ResourceAddress, action: Action, cloudName: String, identity: ResourceIdentity? = nil,
        clientToken: String, contentHash: String, startedAt: Double, outcome: Outcome? = nil
    ) {
        self.id = id
        self.address = address
        self.action = action
        self.cloudName = cloudName
        self.identity = identity
        self.clientToken = clientToken
        self.contentHash = contentHash
        self.startedAt = startedAt
        self.outcome = outcome
    }
}
