import Diagnostics
import ResourceModel
import YAML

/// The resources that a set of manifests declares, valid or not: what a reference can name.
struct KnownResources {
    private var kinds: [String: [KindName]] = [:]
    private var nameNodes: [ResourceAddress: YAMLNode] = [:]
    /// Names of documents whose kind is unknown; what refers to them is mended with them.
    private var unclear: Set<String> = []
    /// Not every document could be read: what is not here may still exist.
    var isIncomplete = false

    enum Match: Equatable {
        case found(ResourceAddress)
        /// No resource of these kinds has the name.
        case missing
        /// Whether it exists cannot be said.
        case unclear
    }

    /// Takes in a resource; returns the place of one that has the same address already.
    mutating func add(_ address: ResourceAddress, named node: YAMLNode) -> SourceRange? {
        if let first = nameNodes[address] { return first.range }
        nameNodes[address] = node
        kinds[address.name, default: []].append(address.kind)
        return nil
    }

    mutating func addOfUnknownKind(_ name: String) { unclear.insert(name) }

    func range(of address: ResourceAddress) -> SourceRange? { nameNodes[address]?.range }

    /// The resource of one of these kinds with a name; the first kind counts.
    func find(_ name: String, among wanted: [KindName]) -> Match {
        let kinds = kinds[name] ?? []
        if let kind = wanted.first(where: kinds.contains) { return .found(ResourceAddress(kind: kind, name: name)) }
        return isIncomplete || unclear.contains(name) ? .unclear : .missing
    }

    /// What has this name, of whatever kind.
    func addresses(named name: String) -> [ResourceAddress] {
        (kinds[name] ?? []).map { ResourceAddress(kind: $0, name: name) }.sorted()
    }

    /// For suggestions, in order.
    func names(of wanted: [KindName]) -> [String] {
        nameNodes.keys.filter { wanted.contains($0.kind) }.map(\.name).sorted()
    }
}
