import AWSClient
package import AWSKinds
import Crypto
import Diagnostics
import FoundationEssentials
import Logging
import Manifests
import Planning
package import Reconciliation
import StateStorage

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
        let settings = cloud.settings
        let store = try openStore(of: loaded)
        var logger = Logger(label: "reconcile.aws") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = calls.verbose ? .debug : .critical
        let proxies = try ProxySettings(ProcessInfo.processInfo.environment)
        return try await AsyncHTTPTransport.withTransport(.init(proxies: proxies)) { transport in
            let client = APIClient(
                settings: settings, credentials: CredentialChain(settings), transport: transport, logger: logger)
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

extension Workspace {
    /// Lends what has been applied; nothing is asked of the cloud.
    package static func withHistory<Result>(
        _ loaded: LoadedProject, _ calls: CallOptions, _ body: (RecordedHistory) async throws -> Result
    ) async throws -> Result {
        try await body(RecordedHistory(try openStore(of: loaded), loaded))
    }
}

private func openStore(of loaded: LoadedProject) throws -> any StateStore {
    let directory = URL(filePath: loaded.project.range.start.file).deletingLastPathComponent()
    switch loaded.environment.state {
    case .s3(let bucket, let prefix):
        throw SettingUpError(
            "the state of environment \(loaded.environment.name) is in s3://\(bucket)/\(prefix), "
                + "and this version keeps states in files only",
            help: ["write a path after state:, or leave it out"])
    case .file(let path):
        return try SQLiteStateStore(path: URL(filePath: path, relativeTo: directory).path)
    case nil:
        let name = "\(loaded.project.name)-\(loaded.environment.name).sqlite"
        return try SQLiteStateStore(path: directory.appending(path: ".reconcile/\(name)").path)
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
