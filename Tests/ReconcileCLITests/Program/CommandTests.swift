import AttributeTree
import Foundation
import TestBackends
import TestSupport
import Testing

@Suite("Commands that call nothing", .tags(.large))
struct CommandTests {
    private let reconcile = CommandLineTool(in: TestData.projectDirectory)

    @Test(arguments: [
        ("schema", ["schema"]), ("schema-Service", ["schema", "Service"]),
        ("schema-deploymentConfiguration", ["schema", "Service.deploymentConfiguration"]),
        ("graph-dot", ["graph", "-f", "manifests/hello"]),
        ("graph-mermaid", ["graph", "-f", "manifests/shop", "--format", "mermaid"]),
        ("validate", ["validate", "-f", "manifests/shop"]),
        ("validate-json", ["validate", "-f", "manifests/shop", "-o", "json"]),
    ])
    func `print what was asked for`(name: String, arguments: [String]) async throws {
        let outcome = try await reconcile(arguments)
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        try Snapshot.expect(outcome.output, equals: "commands/\(name).txt", testFile: testFile)
    }

    @Test func `schema suggests what was meant`() async throws {
        let outcome = try await reconcile("schema", "Service.desierdCount")
        #expect(outcome.status == 64)
        #expect(outcome.output == "")
        #expect(
            outcome.errors == """
                error: Service has no field "desierdCount"
                help: did you mean "desiredCount"?

                """)
    }

    @Test func `version is in both forms, and the same`() async throws {
        let text = try await reconcile("version").output
        let json = try AttributeValue(json: try await reconcile("version", "-o", "json").output)
        let version = try #require(json["version"]?.stringValue)
        #expect(text == "reconcile \(version)\n")
        #expect(try await reconcile("--version").output == "\(version)\n")
    }

    @Test func `validate for programs tells the mistakes with their places`() async throws {
        let manifests = InvalidManifest(name: "types/quoted-number")
        let outcome = try await CommandLineTool(in: InvalidManifest.directory)(
            ["validate", "-o", "json"] + manifests.arguments)
        #expect(outcome.status == 65)
        #expect(outcome.errors == "")
        let json = try AttributeValue(json: outcome.output)
        #expect(json["valid"] == false)
        #expect(
            json["diagnostics"] == [
                [
                    "severity": "error", "message": "\"desiredCount\" takes a whole number, not a string",
                    "file": "types/quoted-number/manifest.yaml", "line": 21, "column": 17,
                    "help": ["remove the quotes"],
                ]
            ])
    }

    @Test(arguments: [[], ["-o", "json"]])
    func `validate without manifests says where it looked`(form: [String]) async throws {
        let outcome = try await reconcile(["validate", "-f", "nowhere"] + form)
        #expect(outcome.status == 65)
        #expect(outcome.output == "")
        #expect(
            outcome.errors == """
                error: cannot read nowhere: there is no such file or directory
                help: name the manifests with --file; the default is the directory manifests

                """)
    }

    @Test func `without a terminal and --yes nothing is done`() async throws {
        let outcome = try await reconcile("apply", "-f", "manifests/hello")
        #expect(outcome.status == 64)
        #expect(
            outcome.errors == """
                error: apply asks before it changes anything, and there is no terminal to ask on
                help: add --yes, or save a plan with `reconcile plan --out FILE` and apply that

                """)
    }
}
