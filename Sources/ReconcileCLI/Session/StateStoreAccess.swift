import AWSClient
import Diagnostics
import FoundationEssentials
import Manifests
import Reconciliation
import StateStorage

/// Where the state of an environment is, and how it is opened.
struct StateStoreAccess: Sendable {
    private let loaded: LoadedProject

    init(_ loaded: LoadedProject) {
        self.loaded = loaded
    }

    /// Opens it, for a command that works with the cloud as well.
    func open(_ cloud: Cloud, _ transport: AsyncHTTPTransport, _ calls: CallOptions) throws -> any StateStore {
        guard case .s3(let bucket, let prefix)? = loaded.environment.state else { return try openFile() }
        var cloud = cloud
        // What cannot be recorded ends an apply, and a moment's trouble of S3 is no reason to.
        cloud.settings.setDefaultAttempts(6)
        // A client of its own: its calls are not those of the apply.
        return S3StateStore(
            in: S3Bucket(bucket, client: cloud.client(over: transport, calls)), named: bucket, prefix: prefix,
            project: loaded.project.name, environment: loaded.environment.name, lease: try lease())
    }

    private func openFile() throws -> any StateStore {
        let directory = URL(filePath: loaded.project.range.start.file).deletingLastPathComponent()
        if case .file(let path)? = loaded.environment.state {
            return try SQLiteStateStore(path: URL(filePath: path, relativeTo: directory).path)
        }
        let name = "\(loaded.project.name)-\(loaded.environment.name).sqlite"
        return try SQLiteStateStore(path: directory.appending(path: ".reconcile/\(name)").path)
    }

    /// After how long a lock in S3 that is not renewed can be taken by another.
    private func lease() throws -> Duration {
        let name = "RECONCILE_LOCK_LEASE"
        guard let text = ProcessInfo.processInfo.environment.present(name) else { return .seconds(60) }
        guard let length = DurationArgument(argument: text)?.duration, length >= .seconds(2) else {
            throw UsageError("\(name) is \"\(text)\"", help: ["write a duration of 2s or more: 60s, 2m"])
        }
        return length
    }
}

extension StateStoreAccess {
    /// Lends the store alone: nothing else is asked of the cloud.
    static func with<Result>(
        _ loaded: LoadedProject, _ calls: CallOptions, _ body: (any StateStore) async throws -> Result
    ) async throws -> Result {
        let access = StateStoreAccess(loaded)
        guard case .s3? = loaded.environment.state else { return try await body(access.openFile()) }
        let cloud = try await Cloud(of: loaded)
        return try await cloud.withTransport { transport in
            try await body(access.open(cloud, transport, calls))
        }
    }
}

extension Workspace {
    /// Lends what has been applied.
    package static func withHistory<Result>(
        _ loaded: LoadedProject, _ calls: CallOptions, _ body: (RecordedHistory) async throws -> Result
    ) async throws -> Result {
        try await StateStoreAccess.with(loaded, calls) { try await body(RecordedHistory($0, loaded)) }
    }
}
