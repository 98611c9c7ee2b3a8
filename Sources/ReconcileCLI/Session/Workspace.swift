import AWSClient
package import AWSKinds
import Crypto
import Diagnostics
import FoundationEssentials
import Planning
package import Reconciliation

/// Everything a command works with once the manifests are loaded: the cloud, the store, and the engine over both.
package struct Workspace: Sendable {
    package var loaded: LoadedProject
    package var reconciler: Reconciler
    package var provider: AWSProvider

    /// Opens what the environment of the project names, lends it, and closes it afterwards, whatever happens.
    package static func with<Result>(
        _ loaded: LoadedProject, _ calls: CallOptions, _ body: (Workspace) async throws -> Result
    ) async throws -> Result {
        let cloud = try await Cloud(of: loaded)
        return try await cloud.withTransport { transport in
            let client = cloud.client(over: transport, calls)
            let store = try StateStoreAccess(loaded).open(cloud, transport, calls)
            let prober = TransportProber(
                transport: transport, endpoint: cloud.gateway, portShift: cloud.portShift)
            let provider = AWSProvider(AWSAccess(calling: client, prober: prober))
            let reconciler = Reconciler(
                provider: provider, store: store, owner: loaded.owner, effects: .ofThisMachine,
                planner: Planner.plan)
            return try await body(Workspace(loaded: loaded, reconciler: reconciler, provider: provider))
        }
    }
}

extension Effects {
    /// The clock, the chance and the hash of this machine.
    fileprivate static var ofThisMachine: Effects {
        Effects(
            clock: ContinuousClock(), time: { Date().timeIntervalSince1970 },
            makeClientToken: { UUID().uuidString.lowercased() },
            hash: { text in
                SHA256.hash(data: Array(text.utf8)).map { byte in
                    String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
                }.joined()
            })
    }
}
