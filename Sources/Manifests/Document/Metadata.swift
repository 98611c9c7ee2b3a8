import AttributeTree
import Diagnostics
import ResourceModel
import YAML

/// What `metadata` says.
struct Metadata {
    /// `nil`, after a diagnostic, when there is no name that can be used.
    var name: String?
    /// The name as written, or what is marked in its place.
    var nameNode: YAMLNode
    var protect = false
}

extension ValueReader {
    mutating func metadata(of document: ManifestDocument, as schema: ObjectSchema) -> Metadata {
        guard let node = document.metadata else { return Metadata(name: nil, nameNode: document.firstKey) }
        let slot = Slot(.field("metadata"), site: document.metadataKey)
        begin(slot)
        let members = read(node, as: .object(schema), slot)
        return Metadata(
            name: members?["name"]?.stringValue, nameNode: node["name"] ?? document.firstKey,
            protect: members?["protect"]?.boolValue ?? false)
    }

    /// The content of a document; nothing written is a content without members. `nil` when it is no map, or when
    /// anything in it is wrong.
    mutating func spec(of document: ManifestDocument, as schema: KindSchema, of subject: Slot.Name) -> AttributeValue? {
        let site = document.specKey ?? document.kindNode ?? document.firstKey
        let slot = Slot(subject, site: site)
        begin(slot, schema: schema)
        let mistakes = diagnostics.count
        let node = document.spec
        if let node, node.kind != .mapping, !node.isNull {
            return read(node, as: .object(schema.spec), Slot(.field("spec"), site: site))
        }
        if node?.isRefused == true, node?.kind != .mapping { return nil }
        let value = read(
            node?.pairs ?? [], as: schema.spec, slot, site: site, isIncomplete: node?.isRefused ?? false)
        return diagnostics.count == mistakes ? value : nil
    }
}
