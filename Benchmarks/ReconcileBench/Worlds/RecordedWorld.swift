import AttributeTree
import Planning
import Reconciliation
import ResourceModel
import StateModel

/// A cloud in memory in which everything recorded exists as it is recorded. It can only be looked at.
struct RecordedWorld: Provider {
    let catalog: KindCatalog
    let owner: Owner

    var kinds: [any ResourceKind] { catalog.kinds.map { RecordedKind(definition: $0, owner: owner) } }
    var calls: [String: Int] { [:] }

    func explain(_ request: SettleRequest, at time: Double) async throws -> [Explanation] { [] }

    func lookUp(_ lookups: Set<Lookup>) async throws -> [Lookup: AttributeValue] {
        Dictionary(uniqueKeysWithValues: lookups.map { ($0, [.string("\($0.subject.rawValue)-1")]) })
    }

    func pollInterval(for kind: KindName) -> Duration { .zero }
}

private struct RecordedKind: ResourceKind {
    let definition: KindDefinition
    let owner: Owner

    /// Somebody asked for a change.
    struct OnlyToLookAt: Error {}

    var observedAfter: [KindName] { definition.schema.spec.fields.flatMap(\.type.referredKinds) }

    func observe(_ request: ObserveRequest) async throws -> [ResourceAddress: ObservedResource] {
        let world = request.world
        let resolver = ReferenceResolver(lookups: world.lookups) { world.resources[$0]?.identity }
        var observed = Dictionary<ResourceAddress, ObservedResource>(minimumCapacity: request.items.count)
        for case let recorded? in request.items.map(\.recorded) {
            observed[recorded.address] = ObservedResource(
                identity: recorded.identity, cloudName: recorded.cloudName,
                attributes: resolver.resolveKnown(recorded.attributes, by: definition.schema.spec),
                owner: Ownership(owner: owner, address: recorded.address))
        }
        return observed
    }

    func find(_ intent: Intent, owner: Owner, world: ObservedWorld) async throws -> ObservedResource? { nil }
    func create(_ request: CreateRequest) async throws -> ChangeResult { throw OnlyToLookAt() }
    func update(_ request: UpdateRequest) async throws -> ChangeResult { throw OnlyToLookAt() }
    func delete(_ request: DeleteRequest) async throws { throw OnlyToLookAt() }
    func settle(_ request: SettleRequest) async throws -> [StatusRow] { throw OnlyToLookAt() }
}

extension ValueType {
    fileprivate var referredKinds: [KindName] {
        switch self {
        case .reference(let rule): rule.kinds
        case .list(let rule): rule.element.referredKinds
        case .map(let element): element.referredKinds
        case .object(let schema): schema.fields.flatMap(\.type.referredKinds)
        case .string, .integer, .number, .boolean: []
        }
    }
}
