import AttributeTree
import Diagnostics
import ResourceGraph
import ResourceModel

/// Resources and their references, one resource a line: `Service/web: cluster=Cluster/a actions.targetGroup=Target/t`.
///
/// A resource is at line `n` of `m.yaml`, each of its references at the column 10 × its number from one. Kinds need no
/// declaration. `~ Service targetGroup through Listener Rule` is a hidden dependency of a kind.
struct GraphNotation {
    var desired: DesiredSet
    var catalog: KindCatalog

    init(_ text: String) {
        var resources: [DesiredResource] = []
        var hidden: [KindName: [HiddenDependency]] = [:]
        for (index, line) in text.split(separator: "\n").enumerated() {
            let words = line.split(separator: " ").map(String.init)
            if words.first == "~" {
                hidden[KindName(words[1]), default: []].append(
                    HiddenDependency(
                        sharing: AttributePath(stringLiteral: words[2]), through: words[4...].map { KindName($0) },
                        reason: "it must be reachable first"))
            } else if let address = ResourceAddress(String(words[0].prefix { $0 != ":" })) {
                resources.append(Self.resource(address, references: Array(words.dropFirst()), line: index + 1))
            }
        }
        desired = DesiredSet(resources)
        let kinds = Set(resources.map(\.address.kind)).sorted()
        catalog = KindCatalog(kinds.map { Self.kind($0, hidden: hidden[$0] ?? []) })
    }

    private static func resource(_ address: ResourceAddress, references: [String], line: Int) -> DesiredResource {
        let parsed = references.compactMap { text -> Reference? in
            let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
            let target = ResourceAddress(sides[1]).map { Reference.Target.managed($0) }
            return Reference(path: AttributePath(stringLiteral: sides[0]), target: target ?? .literal(sides[1]))
        }
        let columns = Dictionary(parsed.enumerated().map { ($1.path, 10 * ($0 + 1)) }) { first, _ in first }
        let source = SourceMap(resource: range(line, 1)) { path in columns[path].map { range(line, $0) } }
        return DesiredResource(
            address: address, attributes: [:], cloudName: address.name, references: parsed, source: source)
    }

    private static func range(_ line: Int, _ column: Int) -> SourceRange {
        SourceRange(start: Place(file: "m.yaml", line: line, column: column))
    }

    private static func kind(_ kind: KindName, hidden: [HiddenDependency]) -> KindDefinition {
        KindDefinition(
            schema: KindSchema(
                kind: kind, summary: "", spec: ObjectSchema([]), nameField: "name", nameRule: StringRule()),
            words: PhaseWords(created: "Created", configured: "Configured", final: "Final"), readyPhase: .created,
            verbs: KindVerbs(createCalls: [], updateCall: "", deleteCalls: []), hiddenDependencies: hidden)
    }
}
