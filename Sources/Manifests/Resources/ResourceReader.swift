import AttributeTree
import Diagnostics
import ResourceModel
import YAML

/// Reads the documents of a set of manifests as the resources they desire.
///
/// In two rounds, because a reference may name what is declared later: first every name, then every content.
struct ResourceReader {
    private let catalog: KindCatalog
    private var reader: ValueReader

    /// - Parameter isIncomplete: more resources may be declared in what could not be read.
    init(catalog: KindCatalog, variables: VariableScope, isIncomplete: Bool) {
        self.catalog = catalog
        reader = ValueReader(variables: variables)
        reader.known.isIncomplete = isIncomplete
    }

    var diagnostics: [Diagnostic] { reader.diagnostics }
    var usedVariables: Set<String> { reader.variables.used }

    /// A document whose name and schema are known.
    private struct Named {
        var document: ManifestDocument
        var metadata: Metadata
        var address: ResourceAddress
        var schema: KindSchema
        /// Another resource has the same address.
        var isRepeated: Bool
    }

    mutating func read(_ documents: [ManifestDocument]) -> DesiredSet {
        var named: [Named] = []
        for document in documents {
            if let document = readName(of: document) { named.append(document) }
        }
        var names = CloudNames()
        var resources: [DesiredResource] = []
        for document in named {
            guard let resource = readContent(of: document), !document.isRepeated else { continue }
            if let first = names.add(resource, schema: document.schema) {
                reader.diagnostics.append(
                    .duplicateCloudName(
                        resource, nameField: document.schema.nameField, at: nameNode(of: document).range, first: first))
            } else {
                resources.append(resource)
            }
        }
        return DesiredSet(resources)
    }

    private mutating func readName(of document: ManifestDocument) -> Named? {
        let metadata = reader.metadata(of: document, as: Envelope.metadata)
        guard let kind = document.kind, let schema = catalog[kind]?.schema else {
            metadata.name.map { reader.known.addOfUnknownKind($0) }
            return nil
        }
        guard let name = metadata.name else {
            // What refers to it by the name it was meant to have is not wrong.
            reader.known.isIncomplete = true
            _ = reader.spec(of: document, as: schema, of: .words("the \(kind.words)"))
            return nil
        }
        let address = ResourceAddress(kind: kind, name: name)
        let first = reader.known.add(address, named: metadata.nameNode)
        if let first {
            reader.diagnostics.append(.duplicateAddress(address, at: metadata.nameNode.range, first: first))
        }
        return Named(
            document: document, metadata: metadata, address: address, schema: schema, isRepeated: first != nil)
    }

    private mutating func readContent(of named: Named) -> DesiredResource? {
        guard
            let attributes = reader.spec(of: named.document, as: named.schema, of: .resource(named.address)),
            let cloudName = readCloudName(of: named, attributes)
        else { return nil }
        let source = SourceMap(
            resource: named.metadata.nameNode.range, spec: named.document.spec, schema: named.schema.spec,
            attributes: attributes)
        return DesiredResource(
            address: named.address, attributes: attributes, cloudName: cloudName,
            metadata: ResourceMetadata(protect: named.metadata.protect), references: reader.references,
            source: source)
    }

    /// The name in the cloud; `nil`, after a diagnostic, when it may not be that.
    private mutating func readCloudName(of named: Named, _ attributes: AttributeValue) -> String? {
        let schema = named.schema
        let written = attributes[schema.nameField]?.stringValue
        let name = written ?? named.address.name
        let slot = Slot(.cloudName(of: schema.kind))
        guard !reader.check(name, schema.nameRule, slot, at: nameNode(of: named)) else { return name }
        if written == nil, schema.spec[schema.nameField] != nil {
            let last = reader.diagnostics.count - 1
            reader.diagnostics[last].help.append(
                "it is called \"\(name)\" in the cloud unless \"\(schema.nameField)\" in \"spec\" says otherwise")
        }
        return nil
    }

    private func nameNode(of named: Named) -> YAMLNode {
        named.document.spec?[named.schema.nameField] ?? named.metadata.nameNode
    }
}

/// The names that resources have in the cloud.
private struct CloudNames {
    private struct Name: Hashable {
        var kind: KindName
        var scope: [AttributeValue?]
        var name: String
    }

    private var used: [Name: DesiredResource] = [:]

    /// Takes in a resource; returns the one that has its name already.
    mutating func add(_ resource: DesiredResource, schema: KindSchema) -> DesiredResource? {
        let name = Name(
            kind: schema.kind, scope: schema.nameScope.map { resource.attributes[$0] }, name: resource.cloudName)
        if let first = used[name] { return first }
        used[name] = resource
        return nil
    }
}
