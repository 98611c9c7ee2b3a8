import AttributeTree
import Diagnostics
import ResourceModel

/// Manifests on one line each: `Service/web cluster=hello desiredCount=2 tags={"team":"a"} protect`.
///
/// A value is JSON, or else a string. References are found by the schema; each resource is at its line of `m.yaml`, and
/// each field at the column 10 × its place on the line.
func manifests(_ text: String, catalog: KindCatalog = MiniCatalog.catalog) -> DesiredSet {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return DesiredSet(
        lines.enumerated().compactMap { number, line in
            let words = line.split(separator: " ").map(String.init)
            guard let address = words.first.flatMap(ResourceAddress.init) else { return nil }
            return desired(address, fields: Array(words.dropFirst()), line: number + 1, catalog)
        })
}

/// The value that a word of the notation stands for; `◦` is a space in a string.
func value(_ text: String) -> AttributeValue {
    (try? AttributeValue(json: text.replacing("◦", with: " "))) ?? .string(text)
}

private func desired(
    _ address: ResourceAddress, fields: [String], line: Int, _ catalog: KindCatalog
) -> DesiredResource {
    var attributes: [String: AttributeValue] = [:]
    var columns: [String: Int] = [:]
    for (index, field) in fields.enumerated() where field != "protect" {
        let sides = field.split(separator: "=", maxSplits: 1).map(String.init)
        attributes[sides[0]] = value(sides[1])
        columns[sides[0]] = 10 * (index + 1)
    }
    let schema = catalog[address.kind]?.schema
    let places = columns
    let source = SourceMap(resource: SourceRange(start: Place(file: "m.yaml", line: line, column: 1))) { path in
        path.fieldNames.first.flatMap { places[$0] }.map {
            SourceRange(start: Place(file: "m.yaml", line: line, column: $0))
        }
    }
    return DesiredResource(
        address: address, attributes: .map(attributes),
        cloudName: schema.flatMap { attributes[$0.nameField]?.stringValue } ?? address.name,
        metadata: ResourceMetadata(protect: fields.contains("protect")),
        references: schema.map { references(in: .map(attributes), .object($0.spec), at: .root) } ?? [], source: source)
}

private func references(in value: AttributeValue, _ type: ValueType, at path: AttributePath) -> [Reference] {
    switch (type, value) {
    case (.object(let schema), .map(let members)):
        schema.fields.flatMap { field in
            members[field.name].map { references(in: $0, field.type, at: path.member(field.name)) } ?? []
        }
    case (.list(let rule), .list(let elements)):
        elements.enumerated().flatMap { references(in: $1, rule.element, at: path.index($0)) }
    case (.reference(let rule), .string(let text)):
        [
            Reference(
                path: path,
                target: rule.literalPrefixes.contains { text.hasPrefix($0) } || rule.kinds.isEmpty
                    ? .literal(text) : .managed(ResourceAddress(kind: rule.kinds[0], name: text)))
        ]
    default: []
    }
}
