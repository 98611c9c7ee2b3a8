import AWSKinds
import ArgumentParser
import Crypto
import FoundationEssentials
import InMemoryCloud
import Planning
import ReconcileCLI
import Reconciliation
import ResourceModel
import StateModel
import StateStorage

/// The manifests of a directory, with a state beside them and a cloud in memory.
struct GeneratedProject {
    let loaded: LoadedProject
    let store: any StateStore
    let cloud: InMemoryCloud

    enum StatePlace {
        case file, memory
    }

    init(in directory: URL, state: StatePlace) throws {
        loaded = try LoadedProject(
            ManifestOptions.parse(["--file", directory.appending(path: "manifests").path]))
        store =
            switch state {
            case .file: try SQLiteStateStore(path: directory.appending(path: "state.sqlite").path)
            case .memory: InMemoryStateStore()
            }
        cloud = InMemoryCloud(AWSProvider.catalog.kinds, interval: .milliseconds(10))
    }

    var reconciler: Reconciler {
        Reconciler(
            provider: cloud, store: store, owner: loaded.owner,
            effects: Effects(
                clock: ContinuousClock(), time: { Date().timeIntervalSince1970 },
                makeClientToken: { UUID().uuidString }, hash: sha256),
            planner: Planner.plan)
    }

    func plan() async throws -> Plan {
        try await reconciler.plan(ReconcileRequest(.converge, loaded.desired)).plan
    }

    /// Carries a plan out; everything must succeed.
    func apply(_ goal: PlanRequest.Goal) async throws {
        let result = try await reconciler.apply(
            ReconcileRequest(goal, loaded.desired),
            ApplyOptions(holder: LockHolder(user: "bench", processID: 1, command: "apply", since: 0)),
            describe: { "\($0.steps.count) steps" }, approve: { _ in true }, emit: { _ in })
        guard result.outcome == .succeeded else {
            throw MeasuredProgram.Failure(description: "the apply ended with \(result)")
        }
    }

    /// Puts everything that is recorded into the cloud, as it is recorded.
    func fillCloud() async throws {
        let recorded = try await store.load().resources
        let lookups = try await cloud.lookUp(Set(Lookup.Subject.allCases.map { Lookup($0) }))
        let resolver = ReferenceResolver(lookups: lookups) { recorded[$0]?.identity }
        let catalog = cloud.catalog
        for (address, resource) in recorded {
            guard let schema = catalog[address.kind]?.schema.spec else { continue }
            cloud.meddle(resource.identity.id) { exists in
                exists = InMemoryCloud.Resource(
                    id: resource.identity.id, kind: address.kind, cloudName: resource.cloudName,
                    attributes: resolver.resolveKnown(resource.attributes, by: schema),
                    tags: loaded.owner.tags(for: address))
            }
        }
    }
}

private func sha256(_ text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
