import Diagnostics
import ResourceModel

/// The resources that a set of manifests declares, valid or not: what a reference can name.
struct KnownResources {
    private var kinds: [String: [KindName]] = [:]
    private var ranges: [ResourceAddress: SourceRange] = [:]
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
    mutating func add(_ address: ResourceAddress, at range: SourceRange) -> SourceRange? {
        if let first = ranges[address] { return first }
        ranges[address] = range
        kinds[address.name, default: []].append(address.kind)
        return nil
    }

    mutating func addOfUnknownKind(_ name: String) { unclear.insert(name) }

    func range(of address: ResourceAddress) -> SourceRange? { ranges[address] }

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
        ranges.keys.filter { wanted.contains($0.kind) }.map(\.name).sorted()
    }
}
