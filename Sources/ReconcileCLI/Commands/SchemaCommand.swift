package import ArgumentParser
import AttributeTree
import ResourceModel

package struct SchemaCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Explain what can be written in a manifest.",
        discussion: """
              reconcile schema                                  the kinds
              reconcile schema Service                          the fields of a kind
              reconcile schema Service.deploymentConfiguration  the fields of a field
              reconcile schema --json-schema > schema.json      for editors

            With the YAML language server, an editor checks and completes manifests that begin with
              # yaml-language-server: $schema=schema.json
            """)

    @Argument(help: "A kind, or a field of one by its path.")
    package var subject: String?

    @Flag(help: "A JSON Schema (draft 2020-12) of all kinds.")
    package var jsonSchema = false

    @Flag(help: "All kinds in Markdown.")
    package var markdown = false

    @OptionGroup package var output: OutputOptions

    package init() {}

    package func validate() throws {
        guard subject == nil || !(jsonSchema || markdown || output.output == .json) else {
            throw ValidationError("--json-schema, --markdown and -o json are of all kinds; leave the kind out")
        }
    }

    package func run() async throws {
        let reference = ManifestReference.schemas
        try await reportingFailures(output.colours) {
            if jsonSchema || output.output == .json {
                Console.line(reference.jsonSchema.jsonText(.pretty))
            } else if markdown {
                Console.write(ManifestReference.markdown)
            } else if let subject {
                switch reference.text(of: subject) {
                case .success(let text): Console.write(text)
                case .failure(let unknown): throw Refusal(.usage, [unknown.diagnostic], sources: [])
                }
            } else {
                Console.write(reference.textOfKinds)
            }
        }
    }
}
