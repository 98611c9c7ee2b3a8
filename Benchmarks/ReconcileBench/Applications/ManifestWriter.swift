import FoundationEssentials

/// Writes resources as manifests.
enum ManifestWriter {
    static let project = """
        apiVersion: reconcile/v1
        kind: Project
        metadata:
          name: bench
        spec:
          environments:
            bench:
              cloud: aws
              region: eu-west-1

        """

    static func manifest(of resource: GeneratedResource) -> String {
        """
        apiVersion: reconcile/v1
        kind: \(resource.id.kind)
        metadata:
          name: \(resource.id.name)
        spec:
        \(lines(of: resource.spec).map { "  " + $0 }.joined(separator: "\n"))

        """
    }

    /// Each resource in a file of its own, beside the project.
    static func write(_ resources: [GeneratedResource], to directory: URL) throws {
        try directory.write(project, to: "reconcile.yaml")
        for resource in resources {
            try directory.write(manifest(of: resource), to: "\(resource.id.kind)-\(resource.id.name).yaml")
        }
    }

    /// In block style, as people write it.
    private static func lines(of value: SourceValue) -> [String] {
        switch value {
        case .text(let text): [scalar(text)]
        case .number(let number): ["\(number)"]
        case .bool(let bool): ["\(bool)"]
        case .reference(let id): [id.name]
        case .list(let elements): elements.flatMap { indented(lines(of: $0), after: "- ") }
        case .map(let members): members.flatMap { member(named: $0.name, $0.value) }
        }
    }

    private static func member(named name: String, _ value: SourceValue) -> [String] {
        let inner = lines(of: value)
        switch value {
        case .list, .map: return ["\(name):"] + inner.map { "  " + $0 }
        case .text, .number, .bool, .reference: return inner.map { "\(name): \($0)" }
        }
    }

    private static func indented(_ lines: [String], after sign: String) -> [String] {
        lines.enumerated().map { ($0 == 0 ? sign : "  ") + $1 }
    }

    private static func scalar(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= UInt8(ascii: "-") && $0 != UInt8(ascii: ":") }
        return isPlain && Int(text) == nil && Double(text) == nil ? text : "\"\(text)\""
    }
}
