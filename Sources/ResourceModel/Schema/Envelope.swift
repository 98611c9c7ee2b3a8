import AttributeTree

/// What every manifest has around its `spec`.
package enum Envelope {
    /// All but the last are required.
    package static let members = ["apiVersion", "kind", "metadata", "spec"]

    package static let apiVersion = "reconcile/v1"

    /// A name is a part of addresses, tags and file names.
    package static let nameRule = StringRule(
        length: 1...255, pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]*$",
        patternWords: "begin with a letter or digit; go on with letters, digits, \"_\", \".\" and \"-\"")

    package static let metadata = ObjectSchema([
        name,
        Field(
            "protect", .boolean, defaultValue: false, documentation: "Deleting or replacing the resource is refused."),
    ])

    /// What exists in no cloud cannot be protected there.
    package static let metadataOfProject = ObjectSchema([name])

    private static let name = Field(
        "name", .string(nameRule), isRequired: true, documentation: "What other manifests refer to it by.")
}
