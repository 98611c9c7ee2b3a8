import AWSKinds
import AttributeTree
import Diagnostics
import Foundation
import Manifests
import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

/// A project on a ``PocketAWS``, driven through the engine.
struct Setup {
    let aws: PocketAWS
    let store: InMemoryStateStore
    let access: AWSAccess
    let provider: AWSProvider
    let reconciler: Reconciler
    /// What exists and may be taken over.
    let adopt: Set<ResourceAddress>

    static let owner = Owner(project: "test", environment: "local")

    init(
        prober: any Prober = ScriptedProber(), aws: PocketAWS = PocketAWS(),
        store: InMemoryStateStore = InMemoryStateStore(), adopt: Set<ResourceAddress> = []
    ) {
        self.adopt = adopt
        self.aws = aws
        self.store = store
        access = AWSAccess(calling: aws, clock: ImpatientClock(), prober: prober)
        provider = AWSProvider(access)
        reconciler = Reconciler(
            provider: provider, store: store, owner: Self.owner,
            effects: Effects(
                clock: ImpatientClock(), time: { 0 }, makeClientToken: { "token" },
                hash: stableHash),
            planner: Planner.plan)
    }

    func plan(_ desired: DesiredSet, _ goal: PlanRequest.Goal = .converge) async throws -> Plan {
        try await reconciler.plan(ReconcileRequest(goal, desired, adopt: adopt)).plan
    }

    @discardableResult
    func apply(_ desired: DesiredSet, _ goal: PlanRequest.Goal = .converge) async throws -> ApplyResult {
        let holder = LockHolder(user: "me@here", processID: 1, command: "apply", since: 0)
        return try await reconciler.apply(
            ReconcileRequest(goal, desired, adopt: adopt), ApplyOptions(holder: holder), describe: { _ in "" },
            approve: { _ in true },
            emit: { event in
                if case .failed(let step, let failure) = event.content { Issue.record("\(step): \(failure.message)") }
            })
    }
}

/// FNV-1a: what is generated from it is the same in every run.
let stableHash: TextHash = { text in
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
}

/// The manifests of a directory beside the sources, with replacements made in their text, and others in what is then.
func manifests(
    _ directory: String, environment: String? = nil, replacing replacements: [String: String] = [:],
    then furtherReplacements: [String: String] = [:]
) throws -> LoadedManifests {
    let folder = TestData.projectDirectory.appending(path: "manifests/\(directory)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
    var unused = Set(replacements.keys).union(furtherReplacements.keys)
    let sources = try files.sorted().map { file in
        var text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        for (found, replacement) in Array(replacements) + Array(furtherReplacements) where text.contains(found) {
            unused.remove(found)
            text = text.replacing(found, with: replacement)
        }
        return SourceText(file: file, text)
    }
    try #require(unused.isEmpty, "not in the manifests: \(unused)")
    return ManifestLoader(catalog: AWSProvider.catalog).load(sources, environment: environment)
}

/// One resource, as a manifest has it.
func desired(_ text: String) throws -> DesiredSet {
    let loaded = ManifestLoader(catalog: AWSProvider.catalog).load([SourceText(file: "m.yaml", text)])
    return loaded.desired
}

func json(_ text: String) throws -> AttributeValue { try AttributeValue(json: Array(text.utf8)) }
