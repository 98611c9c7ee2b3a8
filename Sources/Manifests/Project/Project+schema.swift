package import ResourceModel

extension Project {
    package static let kind: KindName = "Project"

    /// Kinds and projects are validated and documented by the same means.
    package static let schema = KindSchema(
        kind: kind,
        summary: "Names the project and the environments it is deployed to. There is one in each set of manifests.",
        spec: ObjectSchema([
            Field(
                "defaultEnvironment", .string(StringRule()),
                documentation: "The environment that is meant when none is asked for; needed when there are several."),
            Field(
                "environments", .map(of: .object(environment)), isRequired: true,
                documentation: "By name, at least one."),
        ]),
        nameField: "", nameRule: Envelope.nameRule)

    private static let environment = ObjectSchema([
        Field(
            "cloud", .string(StringRule(allowed: Environment.Cloud.allCases.map(\.rawValue))), isRequired: true,
            documentation: "`local` runs on this machine, without an account."),
        Field(
            "region", .string(StringRule(pattern: "^[a-z0-9-]+$", patternWords: "write it as AWS does: eu-west-1")),
            documentation: "Of AWS; as in its settings when absent."),
        Field("profile", .string(StringRule()), documentation: "Of the shared AWS configuration files."),
        Field(
            "endpoint",
            .string(StringRule(pattern: "^https?://[^/]+", patternWords: "write a URL: http://127.0.0.1:4566")),
            documentation: "The URL of an AWS-compatible server."),
        Field(
            "state", .string(StringRule(length: 1...2048)),
            documentation: "Where the state is kept: a path, relative to this file, or `s3://bucket/prefix`."),
        Field(
            "variables", .map(of: .string(StringRule())),
            documentation: "What `${var.name}` stands for in the manifests of the resources."),
        Field(
            "images", .map(of: .string(StringRule(length: 1...4096))),
            documentation: "Of `cloud: local`, where no container engine answers: by image, in which `*` stands for "
                + "any characters, the command that is run in its place. It listens on `$HOST` and `$PORT`."),
    ])
}
