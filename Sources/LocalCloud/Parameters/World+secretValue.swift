import AttributeTree

extension World {
    /// What the `valueFrom` of a container's secret stands for: the name or ARN of a parameter, or the ARN of a secret,
    /// which may be followed by `:json-key:version-stage:version-id`.
    ///
    /// - Returns: `nil` when there is no such thing.
    package func secretValue(_ reference: String) -> String? {
        if reference.hasPrefix("arn:aws:secretsmanager:") { return secretPart(reference) }
        let name = parameterName(reference)
        return parameters.parameters[name]?.newest.value
    }

    /// The name that a name or an ARN of a parameter stands for.
    func parameterName(_ reference: String) -> String {
        let prefix = account.arn("ssm", "parameter")
        guard reference.hasPrefix(prefix) else { return reference }
        let path = String(reference.dropFirst(prefix.count))
        return parameters.parameters[path] == nil ? String(path.dropFirst()) : path
    }

    private func secretPart(_ reference: String) -> String? {
        let parts = reference.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 7 || parts.count == 10 else { return nil }
        let rest = parts.dropFirst(7).map { $0.isEmpty ? nil : $0 }
        let (key, stage, id) = rest.count == 3 ? (rest[0], rest[1], rest[2]) : (nil, nil, nil)
        guard let secret = parameters.secret(parts.prefix(7).joined(separator: ":")), secret.deletedAt == nil,
            case .text(let text)? = secret.version(id: id, stage: stage)?.value
        else { return nil }
        guard let key else { return text }
        switch (try? AttributeValue(json: text))?[key] {
        case .string(let value)?: return value
        case .null?, nil: return nil
        case .some(let value): return value.jsonText()
        }
    }
}
