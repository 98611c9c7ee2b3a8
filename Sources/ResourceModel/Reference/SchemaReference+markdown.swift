// What is checked in as the reference of the manifests.
extension SchemaReference {
    /// A section for each kind, with a table for its fields and one for those of each map within.
    package var markdown: String {
        schemas.map(section).joined(separator: "\n")
    }

    private func section(of schema: KindSchema) -> String {
        var text = "## \(schema.kind)\n\n\(schema.summary)\n"
        if let field = schema.spec[schema.nameField] {
            text += "\nIts name in the cloud is `\(field.name)`, or `metadata.name` where that is absent.\n"
        }
        return text + tables(of: schema.spec, at: schema.kind.rawValue)
    }

    private func tables(of object: ObjectSchema, at path: String) -> String {
        guard !object.fields.isEmpty else { return "" }
        var text = "\n| field | type | |\n|---|---|---|\n"
        for field in object.fields { text += row(of: field, at: path) }
        for field in object.fields {
            guard let nested = field.type.object else { continue }
            let nestedPath = "\(path).\(field.name)"
            text += "\n### \(nestedPath)\n" + tables(of: nested, at: nestedPath)
        }
        return text
    }

    private func row(of field: Field, at path: String) -> String {
        let facts = FieldFacts(field)
        let isNested = field.type.object.map { !$0.fields.isEmpty } ?? false
        let type = isNested ? "[\(facts.type)](#\(anchor("\(path).\(field.name)")))" : facts.type
        var sentences = field.isRequired ? ["**Required.**"] : []
        if !field.documentation.isEmpty { sentences.append(field.documentation) }
        if !facts.values.isEmpty {
            sentences.append("One of \(facts.values.map { "`\($0)`" }.joined(separator: ", ")).")
        }
        sentences += (facts.limits + facts.notes).map(\.asSentence)
        let cells = [type, sentences.joined(separator: " ")].map { $0.replacing("|", with: "\\|") }
        return "| `\(field.name)` | \(cells[0]) | \(cells[1]) |\n"
    }

    /// As GitHub makes it from a heading.
    private func anchor(_ heading: String) -> String { heading.lowercased().filter { $0 != "." } }
}
