/// Parameters and secrets, which tasks may be given.
package struct ParameterState: Sendable {
    /// By name.
    package var parameters = Table<ParameterRecord>("parameters.parameters")
    /// By ARN.
    package var secrets = Table<SecretRecord>("parameters.secrets")

    package init() {}

    /// The secret of a name, an ARN, or an ARN without the six characters at its end.
    package func secret(_ reference: String) -> SecretRecord? {
        secrets[reference]
            ?? secrets.values.first { secret in
                secret.name == reference
                    || secret.arn.hasPrefix(reference + "-") && secret.arn.count == reference.count + 7
            }
    }
}

extension ParameterState: PersistentTables {
    package static var tables: [TablePath<Self>] {
        [TablePath(\.parameters), TablePath(\.secrets)]
    }
}
