/// Runs images as containers of the engine, where there is one, or else as processes.
///
/// The images that come with this program are processes unless the engine has one of that name: nothing is fetched for them.
///
/// A task that mixes both has two addresses; each handle has its own.
package struct CompositeRunner: ContainerRunner {
    package let events: AsyncStream<ContainerEvent>

    private let processes: ProcessRunner
    private let engine: EngineRunner?
    private let continuation: AsyncStream<ContainerEvent>.Continuation

    package init(processes: ProcessRunner, engine: EngineRunner?) {
        self.processes = processes
        self.engine = engine
        (events, continuation) = AsyncStream.makeStream()
    }

    package func run() async {
        await withTaskGroup { group in
            for runner in runners {
                group.addTask { await runner.run() }
                group.addTask { for await event in runner.events { continuation.yield(event) } }
            }
        }
    }

    package func prepare(_ task: TaskPlace.Request) async throws -> TaskPlace {
        try await processes.prepare(task)
    }

    package func start(_ container: ContainerSpecification, in place: TaskPlace) async throws -> ContainerHandle {
        guard let engine, await canRun(container.image, engine) else {
            return try await processes.start(container, in: place)
        }
        return try await engine.start(container, in: place)
    }

    private func canRun(_ image: String, _ engine: EngineRunner) async -> Bool {
        guard processes.isBuiltIn(image) else { return true }
        return await engine.hasImage(image)
    }

    package func execute(_ command: [String], in container: ContainerHandle, timeout: Duration) async -> Int? {
        await runner(of: container)?.execute(command, in: container, timeout: timeout)
    }

    package func stop(_ container: ContainerHandle, grace: Duration) async {
        await runner(of: container)?.stop(container, grace: grace)
    }

    package func remove(_ place: TaskPlace) async {
        for runner in runners { await runner.remove(place) }
    }

    package func adopt(_ container: ContainerHandle) async -> Bool {
        await runner(of: container)?.adopt(container) ?? false
    }

    package func removeStrays(keeping places: Set<TaskPlace>) async {
        for runner in runners { await runner.removeStrays(keeping: places) }
    }

    private var runners: [any ContainerRunner] { [processes] + (engine.map { [$0] } ?? []) }

    /// `nil` for a container of an engine that is no longer there.
    private func runner(of container: ContainerHandle) -> (any ContainerRunner)? {
        ProcessIdentity(runtimeID: container.runtimeID) != nil ? processes : engine
    }
}
