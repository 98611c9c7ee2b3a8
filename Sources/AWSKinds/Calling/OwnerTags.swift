import AWSClient
import AttributeTree
import Planning
import Reconciliation
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

extension AWSAccess {
    /// Refuses a load balancer, target group or listener that a creation has given back and that was there before: AWS
    /// answers a creation with the settings of what it has with just that, whoever made it.
    func refuseToTakeOver(_ arn: String, _ request: CreateRequest) async throws {
        do {
            try request.expectOwner(in: try await elbTags(of: [arn])[arn])
        } catch let error as AWSError where error.code.hasSuffix("NotFound") {
            // It was made a moment ago, and is not seen everywhere yet.
        }
    }
}

extension CreateRequest {
    /// - Parameter found: the tags of what a creation has given back.
    func expectOwner(in found: OwnerTags?) throws {
        guard let own = OwnerTags(tags).ownership, let found, found.ownership != own else { return }
        let whose = found.ownership.map {
            "it belongs to \($0.address) of project \($0.owner.project), environment \($0.owner.environment)"
        }
        throw StepFailure(
            .failed,
            "a \(address.kind.words) like \(address) was made by other hands since the plan, and is not ours: "
                + "\(whose ?? "its tags do not say whose it is"); to take it over, run with --adopt \(address)")
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
