import Foundation
import TestBackends
import TestSupport
import Testing

@Suite("Invalid manifests are refused with a message, and nothing is called", .tags(.large))
struct InvalidManifestTests {
    /// All of them know it: none may ever call.
    private static let witness = Result { try CallWitness() }

    @Test(arguments: InvalidManifest.all)
    func `validate tells the mistake, where it is, and what to do`(_ manifest: InvalidManifest) async throws {
        try await expectRefusal(of: manifest, by: "validate")
    }

    @Test(arguments: InvalidManifest.someOfEachGroup)
    func `plan says the same, before it calls anything`(_ manifest: InvalidManifest) async throws {
        try await expectRefusal(of: manifest, by: "plan")
    }

    @Test(arguments: InvalidManifest.someOfEachGroup)
    func `so does apply`(_ manifest: InvalidManifest) async throws {
        try await expectRefusal(of: manifest, by: "apply", "--yes")
    }

    @Test func `the witness notices the calls of a plan that is made`() async throws {
        try await withTemporaryDirectory { directory in
            let witness = try CallWitness()
            let manifests = TestData.projectDirectory.appending(path: "manifests/hello")
            try FileManager.default.copyItem(at: manifests, to: directory.appending(path: "manifests"))
            let reconcile = CommandLineTool(in: directory, access: witness.access)
            #expect(try await reconcile("plan").status == 1)
            #expect(witness.connections > 0)
        }
    }

    @Test func `a file over 64 MiB is not read`() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory.appending(path: "large.yaml")
            #expect(FileManager.default.createFile(atPath: path.path, contents: nil))
            let file = try FileHandle(forWritingTo: path)
            try file.truncate(atOffset: 64 << 20 + 1)
            let outcome = try await CommandLineTool(in: directory)("validate", "-f", "large.yaml")
            #expect(outcome.status == 65)
            #expect(
                outcome.errors == """
                    large.yaml:1:1: error: the file has 67108865 bytes; at most 67108864 are read
                    help: split it into several files

                    """)
        }
    }

    private func expectRefusal(of manifest: InvalidManifest, by command: String...) async throws {
        let witness = try Self.witness.get()
        let reconcile = CommandLineTool(in: InvalidManifest.directory, access: witness.access)
        let outcome = try await reconcile(command + manifest.arguments)
        try manifest.expectMessage(outcome.errors)
        #expect(outcome.output == "")
        #expect(outcome.status == 65)
        #expect(witness.connections == 0)
    }
}
