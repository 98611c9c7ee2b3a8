import AttributeTree
import Planning
import ResourceModel

/// The tags of a resource in AWS, apart into what says whose it is and what a manifest could have written.
struct OwnerTags: Sendable {
    var ownership: Ownership?
    /// Without ours and without AWS's own.
    var others: AttributeValue

    private static let ownPrefix = "reconcile:"

    init(_ tags: [String: String]) {
        ownership = Owner.reading(tags).map { Ownership(owner: $0.owner, address: $0.address) }
        others = .map(
            tags.filter { !$0.key.hasPrefix(Self.ownPrefix) && !$0.key.hasPrefix("aws:") }
                .mapValues { .string($0) })
    }
}

/// What has to be done to the tags of a resource.
struct TagChanges: Sendable, Equatable {
    var set: [String: String]
    var remove: [String]

    /// What the manifest wants, and what it does not say although it did before; tags of others are left alone.
    ///
    /// - Parameter owner: `nil` when the resource is known to carry them.
    init(desired: AttributeValue?, recorded: AttributeValue?, observed: AttributeValue?, owner: [String: String]?) {
        let wanted = (desired?.mapValue ?? [:]).compactMapValues(\.stringValue)
        let present = (observed?.mapValue ?? [:]).compactMapValues(\.stringValue)
        set = wanted.filter { present[$0.key] != $0.value }.merging(owner ?? [:]) { $1 }
        remove = (recorded?.mapValue ?? [:]).keys.filter { wanted[$0] == nil }.sorted()
    }
}
