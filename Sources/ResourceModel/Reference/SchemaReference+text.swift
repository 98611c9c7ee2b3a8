// What `reconcile schema` prints.
extension SchemaReference {
    /// A line for each kind.
    package var textOfKinds: String {
        let width = schemas.map(\.kind.rawValue.count).max() ?? 0
        let lines = schemas.map { schema in
            let name = schema.kind.rawValue
            return "\(name)\(String(repeating: " ", count: width - name.count))  \(schema.summary)"
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The fields of a kind or of a field that has some: `Service`, `Service.deploymentConfiguration`.
    package func text(of query: String) -> Result<String, UnknownSchema> {
        find(query).map { subject in
            var lines: [String]
            if let field = subject.fields.last {
                lines = ["\(subject.path): \(type(of: field))"] + details(of: field, indent: "")
            } else {
                lines = ["\(subject.path): \(subject.schema.summary)"]
                if let name = subject.schema.nameSentence { lines.append(name) }
            }
            guard let object = subject.object, !object.fields.isEmpty else {
                return lines.joined(separator: "\n") + "\n"
            }
            lines += ["", "Fields (* is required):"]
            for field in object.fields {
                lines.append("  \(field.name)\(field.isRequired ? "*" : ""): \(type(of: field))")
                lines += details(of: field, indent: "      ")
            }
            if let nested = object.fields.first(where: { $0.type.object != nil }) {
                lines += ["", "For the fields of a map: reconcile schema \(subject.path).\(nested.name)"]
            }
            return lines.joined(separator: "\n") + "\n"
        }
    }

    private func type(of field: Field) -> String { FieldFacts(field).type.filter { $0 != "`" } }

    private func details(of field: Field, indent: String) -> [String] {
        let facts = FieldFacts(field)
        var sentences = field.documentation.isEmpty ? [] : [field.documentation]
        if !facts.values.isEmpty { sentences.append("One of \(facts.values.joined(separator: ", ")).") }
        sentences += (facts.limits + facts.notes).map { $0.asSentence.filter { $0 != "`" } }
        return wrap(sentences.joined(separator: " "), width: 100 - indent.count).map { indent + $0 }
    }

    private func wrap(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}

extension KindSchema {
    /// `nil` for a kind whose name in the cloud cannot be chosen apart.
    var nameSentence: String? {
        guard spec[nameField] != nil else { return nil }
        return "Its name in the cloud is \(nameField), or metadata.name where that is absent."
    }
}

extension String {
    /// With a capital and a full stop.
    var asSentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
