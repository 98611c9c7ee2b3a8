import AWSModel
package import Logging
import ServiceLifecycle
import UnixSignals

/// A local cloud that runs: its endpoint, its load balancer and its tasks.
///
/// What it keeps is in one directory, beside which it writes nothing. It listens on loopback only.
package struct LocalCloudServer: Sendable {
    private let settings: LocalCloudSettings
    private let logger: Logger

    package init(_ settings: LocalCloudSettings, logger: Logger = Logger(label: "local-cloud")) {
        self.settings = settings
        self.logger = logger
    }

    /// Runs until its task is cancelled, its service group shuts down, a signal comes where the settings say so, or a
    /// client of the endpoint demands the end. Then it stops the tasks, unless they are to be kept, and returns.
    ///
    /// - Parameter onReady: called once, when the endpoint answers and the connection's file is written.
    /// - Throws: ``CloudStoreError`` when the directory cannot be used, and what keeps it from listening.
    package func run(onReady: @escaping @Sendable (CloudConnection) async -> Void = { _ in }) async throws {
        try FileAccess.createDirectory(at: settings.directory)
        let store = try CloudStore(directory: settings.directory)
        defer { store.close() }
        let cloud = try await RunningCloud(settings, store: store, logger: logger)
        defer { CloudConnection.remove(from: settings.directory) }
        let group = ServiceGroup(configuration: configuration(of: cloud, onReady: onReady))
        // Not cancelled with this one: what runs is ended in order, as when the end is demanded. The tasks are stopped
        // by what is not cancelled itself, as talking to a container engine could not be then.
        let work = Task {
            var failure: (any Error)?
            do { try await group.run() } catch { failure = error }
            if !settings.keepsTasks { await cloud.tasks.stopAll() }
            if let failure { throw failure }
        }
        try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            cloud.shutdownRequest.make()
        }
    }

    /// What ends first stands last: nobody calls any more when the tasks are stopped.
    private func configuration(
        of cloud: RunningCloud, onReady: @escaping @Sendable (CloudConnection) async -> Void
    ) -> ServiceGroupConfiguration {
        let endpoint = cloud.server.application(port: cloud.port, logger: logger) { port in
            await self.announce(cloud.connection(port: port), cloud, onReady)
        }
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: PartOfTheCloud { try await cloud.engine.run() }),
                .init(service: PartOfTheCloud { await cloud.tasks.run() }),
                .init(service: PartOfTheCloud { await cloud.balancer.run() }),
                .init(service: endpoint),
                .init(
                    service: PartOfTheCloud { await cloud.shutdownRequest.wait() },
                    successTerminationBehavior: .gracefullyShutdownGroup),
            ],
            gracefulShutdownSignals: settings.endsOnSignals ? [.sigterm, .sigint] : [], logger: logger)
        // A client that sends half a request and waits keeps nobody from ending.
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        return configuration
    }

    private func announce(
        _ connection: CloudConnection, _ cloud: RunningCloud,
        _ onReady: @Sendable (CloudConnection) async -> Void
    ) async {
        do {
            try connection.write(to: settings.directory)
            try cloud.remember(connection)
            await onReady(connection)
        } catch {
            logger.error("connection cannot be written", metadata: ["reason": "\(error)"])
            cloud.shutdownRequest.make()
        }
    }
}

/// A part that is done when the group shuts down: it is cancelled then, and what comes of that is no failure.
private struct PartOfTheCloud: Service {
    let work: @Sendable () async throws -> Void

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown(work)
        } catch is CancellationError {}
    }
}
