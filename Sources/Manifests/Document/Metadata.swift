import AttributeTree
import Diagnostics
import ResourceModel
import YAML

/// What `metadata` says.
struct Metadata {
    /// `nil`, after a diagnostic, when there is no name that can be used.
    var name: String?
    var nameRange: SourceRange
    var protect = false

    /// A name is a part of addresses, tags and file names.
    static let nameRule = StringRule(length: 1...255, pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]*$")

    static let name = Field("name", .string(nameRule), isRequired: true, documentation: "What others refer to it by.")
    static let protect = Field(
        "protect", .boolean, defaultValue: false, documentation: "Deleting or replacing the resource is refused.")

    static let ofResources = ObjectSchema([name, protect])
    static let ofProjects = ObjectSchema([name])
}

extension ValueReader {
    mutating func metadata(of document: ManifestDocument, as schema: ObjectSchema) -> Metadata {
        guard let node = document.metadata else { return Metadata(name: nil, nameRange: document.range) }
        begin("metadata")
        var slot = Slot(label: "\"metadata\"")
        slot.range = document.metadataRange
        let members = read(node, as: .object(schema), slot)
        return Metadata(
            name: members?["name"]?.stringValue, nameRange: node["name"]?.range ?? document.range,
            protect: members?["protect"]?.boolValue ?? false)
    }

    /// The content of a document; nothing written is a content without members. `nil` when it is no map, or when
    /// anything in it is wrong.
    mutating func spec(of document: ManifestDocument, as schema: KindSchema, named words: String) -> AttributeValue? {
        begin(words, schema: schema)
        let mistakes = diagnostics.count
        let range = document.specRange ?? document.range
        let node = document.spec
        if let node, node.kind != .mapping, node.kind != .scalar || !node.isNull {
            let found = node.kind == .sequence ? "a list" : "a string"
            diagnostics.append(
                .typeMismatch(Slot(label: "\"spec\""), expected: .object(schema.spec), found: found, at: range))
            return nil
        }
        let value = read(node?.pairs ?? [], as: schema.spec, Slot(label: words), at: range)
        return diagnostics.count == mistakes ? value : nil
    }
}
