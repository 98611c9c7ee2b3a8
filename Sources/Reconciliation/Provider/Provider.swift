package import AttributeTree
package import ResourceModel
package import StateModel

/// A cloud, as the engine sees it.
package protocol Provider: Sendable {
    var kinds: [any ResourceKind] { get }

    /// What the words in the manifests stand for in this account, asked once a plan.
    func lookUp(_ lookups: Set<Lookup>) async throws -> [Lookup: AttributeValue]

    /// The calls made so far: `ecs:CreateService` to a count.
    var calls: [String: Int] { get }

    /// Why resources are not final, as far as the cloud shows it; what nothing is seen of is not in the answer.
    ///
    /// - Parameter time: seconds since 1970.
    func explain(_ request: SettleRequest, at time: Double) async throws -> [Explanation]

    /// Why a call about a resource was refused, as far as the code tells.
    func explain(_ refusal: CallRefusal, of address: ResourceAddress) -> Explanation?

    /// How long to wait before asking again about what is being waited for, by kind.
    func pollInterval(for kind: KindName) -> Duration
}

extension Provider {
    package var catalog: KindCatalog { KindCatalog(kinds.map(\.definition)) }

    package func explain(_ refusal: CallRefusal, of address: ResourceAddress) -> Explanation? { nil }
}
