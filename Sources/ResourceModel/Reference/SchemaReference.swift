package import Diagnostics

/// The documentation of kinds, generated from their schemas.
package struct SchemaReference: Sendable {
    package let schemas: [KindSchema]

    /// - Parameter schemas: in the order in which they are listed; that of the project among them.
    package init(_ schemas: [KindSchema]) {
        self.schemas = schemas
    }

    /// What is asked for: a kind, or a field of one by its path.
    struct Subject {
        var schema: KindSchema
        /// The fields on the way, the last being the one that is meant; none for the kind.
        var fields: [Field] = []

        var path: String { ([schema.kind.rawValue] + fields.map(\.name)).joined(separator: ".") }
        var object: ObjectSchema? { fields.isEmpty ? schema.spec : fields.last?.type.object }
    }

    /// Finds `Service` or `Service.deploymentConfiguration.alarms`. Lists and maps on the way are passed through, and
    /// `spec` after the kind may be written.
    func find(_ query: String) -> Result<Subject, UnknownSchema> {
        var names = query.split(separator: ".").map { String($0.prefix { $0 != "[" }) }
        let kind = names.isEmpty ? "" : names.removeFirst()
        guard let schema = schemas.first(where: { $0.kind.rawValue.lowercased() == kind.lowercased() }) else {
            return .failure(UnknownSchema(name: kind, owner: nil, known: schemas.map(\.kind.rawValue)))
        }
        if names.first == "spec", schema.spec["spec"] == nil { names.removeFirst() }
        var subject = Subject(schema: schema)
        for name in names {
            let object = subject.object
            guard let field = object?[name] else {
                return .failure(
                    UnknownSchema(name: name, owner: subject.path, known: object?.fields.map(\.name) ?? []))
            }
            subject.fields.append(field)
        }
        return .success(subject)
    }
}

/// A kind or field was asked for that there is not.
package struct UnknownSchema: Error, Sendable, Hashable {
    package var name: String
    /// What has no such field; `nil` when there is no such kind.
    package var owner: String?
    /// What it could have been.
    package var known: [String]

    package var diagnostic: Diagnostic {
        let suggestion = Diagnostic.suggestion(for: name, among: known)
        let list = known.joined(separator: ", ")
        guard let owner else {
            return Diagnostic(
                .error, "there is no kind \"\(name)\"", at: nil,
                help: suggestion.isEmpty ? ["the kinds are \(list)"] : suggestion)
        }
        return Diagnostic(
            .error, "\(owner) has no field \"\(name)\"", at: nil,
            help: suggestion.isEmpty ? [known.isEmpty ? "it has no fields" : "its fields are \(list)"] : suggestion)
    }
}
