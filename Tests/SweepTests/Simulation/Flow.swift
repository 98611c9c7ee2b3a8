import AWSKinds
import Diagnostics
import Foundation
import Manifests
import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

/// From one set of manifests to another.
struct Flow: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var manifests: String
    /// `nil`: nothing is there before.
    var before: Edit?
    var after = Edit()
    var goal = PlanRequest.Goal.converge

    /// What is changed in the manifests of the project.
    struct Edit: Sendable {
        var replacing: [String: String] = [:]
        var without: [String] = []
    }

    static let hello = all(
        of: "hello",
        update: ["image: reconcile/hello": "image: reconcile/hello:2", "CheckPath: /healthz": "CheckPath: /"],
        replacement: ["port: 8080, targetType": "port: 8081, targetType"],
        newBalancer: ["scheme: internet-facing": "scheme: internal"], removing: ["service.yaml"])
    static let shop = all(
        of: "shop",
        update: [
            "value: Welcome to the shop": "value: Welcome to the shop2",
            "healthyThresholdCount: 2": "healthyThresholdCount: 3",
        ],
        replacement: ["protocol: HTTP\n  port: 8080": "protocol: HTTP\n  port: 8081"],
        newBalancer: ["subnets: default\n  attributes": "subnets: default\n  scheme: internal\n  attributes"],
        removing: ["worker.yaml"])

    private static func all(
        of manifests: String, update: [String: String], replacement: [String: String], newBalancer: [String: String],
        removing: [String]
    ) -> [Flow] {
        [
            Flow(testDescription: "create \(manifests)", manifests: manifests),
            Flow(
                testDescription: "update \(manifests)", manifests: manifests, before: Edit(),
                after: Edit(replacing: update)),
            Flow(
                testDescription: "replace in \(manifests)", manifests: manifests, before: Edit(),
                after: Edit(replacing: replacement)),
            Flow(
                testDescription: "replace the load balancer of \(manifests)", manifests: manifests, before: Edit(),
                after: Edit(replacing: newBalancer)),
            Flow(
                testDescription: "remove from \(manifests)", manifests: manifests, before: Edit(),
                after: Edit(without: removing)),
            Flow(testDescription: "destroy \(manifests)", manifests: manifests, before: Edit(), goal: .destroy),
        ]
    }

    /// The cloud and what is recorded before it.
    func prepared() throws -> SimulatedCloud.Snapshot {
        let cloud = SimulatedCloud()
        let store = InMemoryStateStore(SimulatedCloud.Snapshot().recorded)
        if let before {
            let result = try SimulatedProcess(cloud, store: store).apply(try desired(before))
            try #require(result?.outcome == .succeeded)
        }
        return cloud.snapshot(try recorded(in: store), ids: 2)
    }

    func desired() throws -> DesiredSet { try desired(after) }

    private func desired(_ edit: Edit) throws -> DesiredSet {
        let folder = TestData.projectDirectory.appending(path: "manifests/\(manifests)")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".yaml") && !edit.without.contains($0) }
        var unused = Set(edit.replacing.keys)
        let sources = try files.sorted().map { file in
            var text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            for (found, replacement) in edit.replacing where text.contains(found) {
                unused.remove(found)
                text = text.replacing(found, with: replacement)
            }
            return SourceText(file: file, text)
        }
        try #require(unused.isEmpty, "not in the manifests: \(unused)")
        let loaded = ManifestLoader(catalog: AWSProvider.catalog).load(sources, environment: nil)
        try #require(!loaded.diagnostics.hasErrors, "\(loaded.diagnostics)")
        return loaded.desired
    }
}

/// Asks a store in memory, which never waits.
func recorded(in store: InMemoryStateStore) throws -> RecordedState {
    try #require(try StepwiseExecutor().run(whenIdle: { false }) { try await store.load() })
}
