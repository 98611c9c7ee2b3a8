import AWSKinds
import ArgumentParser
import Crypto
import FoundationEssentials
import Planning
import ReconcileCLI
import Reconciliation
import ResourceModel
import StateModel
import StateStorage

/// The manifests of a directory, loaded, and the engine for them.
struct GeneratedProject {
    let loaded: LoadedProject
    private let directory: URL

    init(in directory: URL) throws {
        self.directory = directory
        loaded = try LoadedProject(
            ManifestOptions.parse(["--file", directory.appending(path: "manifests").path]))
    }

    /// The state beside the manifests.
    func openState() throws -> SQLiteStateStore {
        try SQLiteStateStore(path: directory.appending(path: "state.sqlite").path)
    }

    func reconciler(_ provider: any Provider, _ store: any StateStore) -> Reconciler {
        Reconciler(
            provider: provider, store: store, owner: loaded.owner,
            effects: Effects(
                clock: ContinuousClock(), time: { Date().timeIntervalSince1970 },
                makeClientToken: { UUID().uuidString }, hash: sha256),
            planner: Planner.plan)
    }
}

extension Reconciler {
    /// Carries a plan out; everything must succeed.
    func apply(_ goal: PlanRequest.Goal, _ desired: DesiredSet) async throws {
        let result = try await apply(
            ReconcileRequest(goal, desired),
            ApplyOptions(holder: LockHolder(user: "bench", processID: 1, command: "apply", since: 0)),
            describe: { "\($0.steps.count) steps" }, approve: { _ in true }, emit: { _ in })
        guard result.outcome == .succeeded else {
            throw MeasuredProgram.Failure(description: "the apply ended with \(result)")
        }
    }
}

private func sha256(_ text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
