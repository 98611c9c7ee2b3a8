import FoundationEssentials
import Synchronization

/// Runs the containers of a Docker or Podman engine, through its socket.
///
/// 1. The first container of a task has an address in the engine's bridge, and the others join its network, which ends
///    with it.
/// 2. Each has labels for owner, task and name; nothing else is needed to find it again.
/// 3. What the engine does not answer is an error for whoever starts something. Everything else is tried, and waits for
///    the engine where it must.
package final class EngineRunner: ContainerRunner {
    package let events: AsyncStream<ContainerEvent>

    private struct Watch: Sendable {
        var container: ContainerHandle
        /// Seconds since 1970: the output from then on is told.
        var since: Double
    }

    private let owner: String
    private let api: EngineAPI
    private let continuation: AsyncStream<ContainerEvent>.Continuation
    private let watches: AsyncStream<Watch>
    private let watchContinuation: AsyncStream<Watch>.Continuation
    /// The runtime ids of what is watched.
    private let watched = Mutex<Set<String>>([])

    /// - Parameters:
    ///   - owner: whose containers these are; no two runners of an engine have the same at a time.
    ///   - socket: a path.
    package init(owner: String, socket: String) {
        self.owner = owner
        api = EngineAPI(client: EngineClient(socket: socket))
        (events, continuation) = AsyncStream.makeStream()
        (watches, watchContinuation) = AsyncStream.makeStream()
    }

    /// The engine of this machine, found as Docker's own client finds it; `nil` where none answers that gives its
    /// containers addresses this machine reaches. Rootless ones do not.
    package static func find(owner: String, environment: [String: String]) async -> EngineRunner? {
        for socket in EngineSocket.candidates(environment: environment) {
            let runner = EngineRunner(owner: owner, socket: socket)
            if let information = try? await runner.api.information(), information.givesReachableAddresses {
                return runner
            }
        }
        return nil
    }

    /// Can be called once.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await watch in watches {
                group.addTask { await self.follow(watch) }
            }
        }
    }

    package func prepare(_ task: TaskPlace.Request) async throws -> TaskPlace {
        TaskPlace(task: task.task, address: nil)
    }

    package func start(_ container: ContainerSpecification, in place: TaskPlace) async throws -> ContainerHandle {
        try await fetch(container.image)
        do {
            let network = try await network(of: place)
            let id = try await create(container, task: place.task, network: network)
            do {
                try await api.start(id)
            } catch {
                try? await api.remove(id)
                throw error
            }
            // Empty when it has ended at once.
            let address = try await api.inspect(network ?? id).address ?? ""
            let handle = ContainerHandle(task: place.task, name: container.name, runtimeID: id, address: address)
            watch(Watch(container: handle, since: 0))
            return handle
        } catch let error as EngineError {
            throw ContainerStartError.cannotStart(reason: error.reason)
        }
    }

    package func execute(_ command: [String], in container: ContainerHandle, timeout: Duration) async -> Int? {
        try? await api.execute(command, in: container.runtimeID, timeout: timeout)
    }

    package func stop(_ container: ContainerHandle, grace: Duration) async {
        try? await api.stop(container.runtimeID, grace: grace)
    }

    package func remove(_ place: TaskPlace) async {
        await removeAll(label: EngineLabels.task, place.task) { $0[EngineLabels.owner] == owner }
    }

    package func adopt(_ container: ContainerHandle) async -> Bool {
        guard let inspection = try? await api.inspect(container.runtimeID), inspection.state.isRunning,
            inspection.configuration.labels?[EngineLabels.owner] == owner,
            inspection.configuration.labels?[EngineLabels.task] == container.task
        else { return false }
        watch(Watch(container: container, since: Date().timeIntervalSince1970))
        return true
    }

    package func removeStrays(keeping places: Set<TaskPlace>) async {
        let kept = Set(places.map(\.task))
        await removeAll(label: EngineLabels.owner, owner) { labels in
            labels[EngineLabels.task].map(kept.contains) != true
        }
    }

    /// Whether an image is there, without fetching it.
    func hasImage(_ image: String) async -> Bool {
        (try? await api.hasImage(image)) ?? false
    }

    private func fetch(_ image: String) async throws {
        do {
            guard try await !api.hasImage(image) else { return }
            try await api.pull(ImageReference(image))
        } catch {
            throw ContainerStartError.imageUnavailable(image: image, reason: error.reason)
        }
    }

    /// The container whose network those started later share; `nil` for the first one.
    private func network(of place: TaskPlace) async throws(EngineError) -> String? {
        try await api.containers(label: EngineLabels.task, place.task).first {
            $0.state == "running" && $0.labels?[EngineLabels.ownsNetwork] == "true"
        }?.id
    }

    private func create(
        _ container: ContainerSpecification, task: String, network: String?
    ) async throws(EngineError) -> String {
        let name = "reconcile-\(task)-\(container.name)"
        let description = EngineContainer(container, owner: owner, task: task, network: network)
        do {
            return try await api.create(description, name: name)
        } catch .refused(status: 409, _) {
            // One of this name that has ended.
            try await api.remove(name)
            return try await api.create(description, name: name)
        }
    }

    private func removeAll(label: String, _ value: String, where isMeant: ([String: String]) -> Bool) async {
        let containers = (try? await api.containers(label: label, value)) ?? []
        for container in containers where isMeant(container.labels ?? [:]) {
            try? await api.remove(container.id)
        }
    }

    private func watch(_ watch: Watch) {
        let isNew = watched.withLock { $0.insert(watch.container.runtimeID).inserted }
        if isNew { watchContinuation.yield(watch) }
    }

    /// Tells what a container writes, and its end. While the engine does not answer, it is asked every second.
    private func follow(_ watch: Watch) async {
        let container = watch.container
        var seen = watch.since
        while !Task.isCancelled {
            try? await api.logs(of: container.runtimeID, since: seen) { line in
                guard line.time > seen else { return }
                seen = line.time
                continuation.yield(.output(container, line))
            }
            try? await api.wait(container.runtimeID)
            if let end = await end(of: container) {
                watched.withLock { _ = $0.remove(container.runtimeID) }
                continuation.yield(end)
                return
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// `nil` while it runs, or the engine does not answer.
    private func end(of container: ContainerHandle) async -> ContainerEvent? {
        do {
            let state = try await api.inspect(container.runtimeID).state
            guard !state.isRunning else { return nil }
            let reason = state.wasOutOfMemory == true ? ContainerEvent.outOfMemory : nil
            return .ended(container, exitCode: state.exitCode, reason: reason)
        } catch .refused(status: 404, _) {
            return .ended(container, exitCode: nil, reason: "the container was removed")
        } catch {
            return nil
        }
    }
}
