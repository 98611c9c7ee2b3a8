package import AttributeTree

/// Everything about a kind that can be said without asking the cloud.
package struct KindSchema: Sendable {
    package var kind: KindName
    /// One sentence for the reference.
    package var summary: String
    package var spec: ObjectSchema
    /// The field of `spec` that overrides `metadata.name` as the name in the cloud: `clusterName`, `family`.
    package var nameField: String
    /// What that name may be.
    package var nameRule: StringRule
    /// The fields of `spec` that say within what that name is unique, such as `cluster`; none: in the whole account.
    package var nameScope: [String]
    /// Brings the whole of `spec` to its normal form, for rules that join several fields. Applied to both sides of a
    /// comparison, after every field's own.
    package var normalize: (@Sendable (AttributeValue) -> AttributeValue)?

    package init(
        kind: KindName, summary: String, spec: ObjectSchema, nameField: String, nameRule: StringRule,
        nameScope: [String] = [],
        normalize: (@Sendable (AttributeValue) -> AttributeValue)? = nil
    ) {
        self.kind = kind
        self.summary = summary
        self.spec = spec
        self.nameField = nameField
        self.nameRule = nameRule
        self.nameScope = nameScope
        self.normalize = normalize
    }
}
