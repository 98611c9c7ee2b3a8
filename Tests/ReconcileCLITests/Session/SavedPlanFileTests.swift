import ArgumentParser
import AttributeTree
import Foundation
import ReconcileCLI
import Reconciliation
import TestSupport
import Testing

@Suite("Saved plans", .tags(.medium))
struct SavedPlanFileTests {
    private let fingerprint = PlanFingerprint(lineage: "l", serial: 7, desired: "d", observed: "o")

    @Test func `come back as they were saved`() async throws {
        try await TemporaryDirectory.with { directory in
            let manifests = try ManifestOptions.parse([
                "-f", "a", "-f", "b.yaml", "-e", "production", "-v", "tag=1.4.2", "-v", "query=a=b",
            ])
            let targets = try TargetOptions.parse(["--target", "Service/web", "--adopt", "Cluster/hello"])
            let file = SavedPlanFile(path: directory.path("plan.json"))
            try file.write(fingerprint, plan: ["steps": []], manifests: manifests, targets: targets)
            let content = try file.read()
            #expect(content.fingerprint == fingerprint)
            #expect(content.manifests.files == ["a", "b.yaml"])
            #expect(content.manifests.environment == "production")
            #expect(content.manifests.variables == manifests.variables)
            #expect(content.targets.targets == targets.targets)
            #expect(content.targets.adopted == targets.adopted)
        }
    }

    @Test func `are readable by their owner only, as they may hold secrets`() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("plan.json")
            #expect(FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o644]))
            try SavedPlanFile(path: path).write(
                fingerprint, plan: .null, manifests: ManifestOptions.parse([]), targets: TargetOptions.parse([]))
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test(arguments: [
        ("not JSON", "is not a saved plan"), ("{}", "is not a saved plan"),
        (#"{"kind": "reconcile/plan", "formatVersion": 2}"#, "was saved by another version of reconcile (format 2)"),
        (#"{"kind": "reconcile/plan", "formatVersion": 1}"#, "is damaged"),
    ])
    func `that are none are refused`(text: String, reason: String) async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("plan.json")
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let error = try #require(throws: SettingUpError.self) { try SavedPlanFile(path: path).read() }
            #expect(error.message.contains(reason))
            #expect(error.help.count == 1)
        }
    }

    @Test func `that are missing or cannot be written are said`() throws {
        let file = SavedPlanFile(path: "/nonexistent/plan.json")
        let missing = try #require(throws: SettingUpError.self) { try file.read() }
        #expect(missing.message == "there is no saved plan /nonexistent/plan.json")
        let unwritten = try #require(throws: SettingUpError.self) {
            try file.write(
                fingerprint, plan: .null, manifests: ManifestOptions.parse([]), targets: TargetOptions.parse([]))
        }
        #expect(unwritten.message == "the plan cannot be written to /nonexistent/plan.json")
    }
}
