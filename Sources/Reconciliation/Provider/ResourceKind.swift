package import AttributeTree
package import Planning
package import ResourceModel
package import StateModel

/// A kind of resource: what is known of it, and the verbs that act on it in the cloud.
///
/// The engine calls every verb, and knows no cloud; an implementation knows the cloud, and keeps nothing between calls
/// that it could not ask for again. Errors thrown are shown to the user as the cause of a failed step.
package protocol ResourceKind: Sendable {
    var definition: KindDefinition { get }

    /// The kinds whose observations this one needs: they are in ``ObserveRequest/world``.
    var observedAfter: [KindName] { get }

    /// Finds many resources in the fewest calls. What is not in the answer does not exist.
    func observe(_ request: ObserveRequest) async throws -> [ResourceAddress: ObservedResource]

    /// Makes a resource that does not exist, or a revision of one that does.
    ///
    /// Called again with the same request after an answer was lost, it returns what the first call made where the
    /// cloud can tell; otherwise the engine has asked ``find(_:)`` before.
    func create(_ request: CreateRequest) async throws -> ChangeResult

    /// Changes a resource where it stands.
    func update(_ request: UpdateRequest) async throws -> ChangeResult

    /// Deletes, and returns when the name is free and what it depended on may go. What is gone already is no error.
    func delete(_ request: DeleteRequest) async throws

    /// Looks for what an intent without an outcome may have made; `nil` when it made nothing.
    func find(_ intent: Intent, owner: Owner, world: ObservedWorld) async throws -> ObservedResource?

    /// Asks once, in the fewest calls, how far resources are. Called again and again by a shared poller.
    ///
    /// An answer may have rows of observed resources too: the kind `Service` answers for `Tasks/<service>`.
    func settle(_ request: SettleRequest) async throws -> [StatusRow]
}

/// What a call that changes the cloud has answered.
package struct ChangeResult: Sendable, Equatable {
    package var identity: ResourceIdentity
    /// What was set going, for ``SettleRequest/Item/started``: the ARN of a deployment.
    package var started: [String: String]

    package init(identity: ResourceIdentity, started: [String: String] = [:]) {
        self.identity = identity
        self.started = started
    }
}

/// What is to be found of one kind.
package struct ObserveRequest: Sendable {
    package struct Item: Sendable {
        package var address: ResourceAddress
        package var recorded: RecordedResource?
        package var desired: DesiredResource?

        package init(address: ResourceAddress, recorded: RecordedResource?, desired: DesiredResource?) {
            self.address = address
            self.recorded = recorded
            self.desired = desired
        }
    }

    package var items: [Item]
    /// What has been observed of the kinds in ``ResourceKind/observedAfter``, and every lookup.
    package var world: ObservedWorld

    package init(items: [Item], world: ObservedWorld) {
        self.items = items
        self.world = world
    }
}

package struct CreateRequest: Sendable {
    package var address: ResourceAddress
    package var cloudName: String
    /// `spec` in the words of the manifest, every reference and lookup resolved to identifiers.
    package var attributes: AttributeValue
    /// Owner tags, to be set with the creation where the call allows it.
    package var tags: [String: String]
    package var clientToken: String
    package var contentHash: String

    package init(
        address: ResourceAddress, cloudName: String, attributes: AttributeValue, tags: [String: String],
        clientToken: String, contentHash: String
    ) {
        self.address = address
        self.cloudName = cloudName
        self.attributes = attributes
        self.tags = tags
        self.clientToken = clientToken
        self.contentHash = contentHash
    }
}

package struct UpdateRequest: Sendable {
    package var address: ResourceAddress
    package var cloudName: String
    package var identity: ResourceIdentity
    /// As in ``CreateRequest/attributes``.
    package var attributes: AttributeValue
    /// As last applied, resolved as far as what it refers to is still known; an empty map for an adopted resource.
    package var recorded: AttributeValue
    /// As observed when the plan was made.
    package var observed: AttributeValue
    /// The top-level fields to change. One that is absent from ``attributes`` goes back to its default. None when the
    /// resource is adopted: then it gets the owner's tags.
    package var fields: [String]
    package var tags: [String: String]
    package var clientToken: String

    package init(
        address: ResourceAddress, cloudName: String, identity: ResourceIdentity, attributes: AttributeValue,
        recorded: AttributeValue, observed: AttributeValue, fields: [String], tags: [String: String],
        clientToken: String
    ) {
        self.address = address
        self.cloudName = cloudName
        self.identity = identity
        self.attributes = attributes
        self.recorded = recorded
        self.observed = observed
        self.fields = fields
        self.tags = tags
        self.clientToken = clientToken
    }
}

package struct DeleteRequest: Sendable {
    package var address: ResourceAddress
    package var cloudName: String
    package var identity: ResourceIdentity
    /// As last applied, resolved as far as what it refers to is still known.
    package var recorded: AttributeValue

    package init(
        address: ResourceAddress, cloudName: String, identity: ResourceIdentity, recorded: AttributeValue
    ) {
        self.address = address
        self.cloudName = cloudName
        self.identity = identity
        self.recorded = recorded
    }
}
