import AttributeTree
import ResourceModel
import StateModel

/// Whose an identifier is, so that `arn:…:targetgroup/web/1a2b` reads as the managed resource it belongs to.
struct IdentityIndex: Sendable {
    private let addresses: [String: ResourceAddress]
    private let retired: [String: ResourceAddress]

    /// What is observed counts before what is recorded: a resource that was made anew by other hands has another
    /// identifier, and whoever still refers to the recorded one does not refer to it.
    init(recorded: RecordedState, observed: ObservedWorld) {
        var addresses: [String: ResourceAddress] = [:]
        for (address, resource) in observed.resources { addresses[resource.identity.id] = address }
        for (address, resource) in recorded.resources where observed.resources[address] == nil {
            addresses[resource.identity.id] = address
        }
        self.addresses = addresses
        retired = Dictionary(
            recorded.resources.values.flatMap { resource in
                resource.retired.map { ($0.identity.id, resource.address) }
            }
        ) { first, _ in first }
    }

    /// The managed resources that had an identifier in this value before they got another: whoever still refers to it is
    /// to move on.
    func addresses(retiredIn value: AttributeValue?) -> Set<ResourceAddress> {
        guard !retired.isEmpty, let value else { return [] }
        return Set(value.texts.compactMap { retired[$0] })
    }

    /// The name of the managed resource an identifier belongs to, if it is of one of these kinds.
    func name(of id: String, among kinds: [KindName]) -> String? {
        addresses[id].flatMap { kinds.contains($0.kind) ? $0.name : nil }
    }
}

extension AttributeValue {
    /// Every string in it.
    var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .list(let elements): elements.flatMap(\.texts)
        case .map(let members): members.values.flatMap(\.texts)
        case .null, .bool, .int, .number: []
        }
    }
}
