import Synchronization
import TaskRunning

/// A runner that starts nothing, and does at once what it is asked; a test says when containers end.
final class ScriptedRunner: ContainerRunner {
    struct State: Sendable {
        var started: [ContainerSpecification] = []
        /// Names of containers, in the order in which they were asked to end.
        var stopped: [String] = []
        var graces: [Duration] = []
        var removed: [TaskPlace] = []
        var running: [ContainerHandle] = []
        var keptPlaces: Set<TaskPlace>?
        var checks: [[String]] = []
        /// What commands end with.
        var checkStatus: Int? = 0
    }

    let events: AsyncStream<ContainerEvent>
    private let continuation: AsyncStream<ContainerEvent>.Continuation
    private let state: Mutex<State>
    private let missingImages: Set<String>
    /// Whoever starts a container waits here, where starts are held.
    private let gate: AsyncStream<Void>?
    private let gateContinuation: AsyncStream<Void>.Continuation
    /// The names of containers whose start is held.
    let held: AsyncStream<String>
    private let heldContinuation: AsyncStream<String>.Continuation

    /// - Parameters:
    ///   - running: what an earlier process has left.
    ///   - holdsStarts: whether a start lasts until ``letStart()`` is called.
    init(missingImages: Set<String> = [], running: [ContainerHandle] = [], holdsStarts: Bool = false) {
        self.missingImages = missingImages
        let (gate, gateContinuation) = AsyncStream.makeStream(of: Void.self)
        self.gate = holdsStarts ? gate : nil
        self.gateContinuation = gateContinuation
        (held, heldContinuation) = AsyncStream.makeStream()
        state = Mutex(State(running: running))
        (events, continuation) = AsyncStream.makeStream()
    }

    var history: State { state.withLock { $0 } }

    func end(_ name: String, exitCode: Int) {
        let handle = state.withLock { state -> ContainerHandle? in
            guard let index = state.running.firstIndex(where: { $0.name == name }) else { return nil }
            return state.running.remove(at: index)
        }
        if let handle { continuation.yield(.ended(handle, exitCode: exitCode, reason: nil)) }
    }

    func letStart() { gateContinuation.yield() }

    func endChecks(with status: Int?) { state.withLock { $0.checkStatus = status } }

    func print(_ line: String, from handle: ContainerHandle) {
        continuation.yield(.output(handle, .init(line: line, time: 0)))
    }

    func prepare(_ task: TaskPlace.Request) async throws -> TaskPlace {
        TaskPlace(task: task.task, address: task.loopbackAddress)
    }

    func start(_ container: ContainerSpecification, in place: TaskPlace) async throws -> ContainerHandle {
        if missingImages.contains(container.image) {
            throw ContainerStartError.imageUnavailable(image: container.image, reason: "not found")
        }
        if let gate {
            heldContinuation.yield(container.name)
            for await _ in gate { break }
            try Task.checkCancellation()
        }
        let handle = ContainerHandle(
            task: place.task, name: container.name, runtimeID: "\(place.task)-\(container.name)",
            address: place.address ?? "")
        state.withLock { state in
            state.started.append(container)
            state.running.append(handle)
        }
        return handle
    }

    func execute(_ command: [String], in container: ContainerHandle, timeout: Duration) async -> Int? {
        state.withLock { state in
            state.checks.append(command)
            return state.checkStatus
        }
    }

    func stop(_ container: ContainerHandle, grace: Duration) async {
        state.withLock { state in
            state.stopped.append(container.name)
            state.graces.append(grace)
        }
        end(container.name, exitCode: 143)
    }

    func remove(_ place: TaskPlace) async { state.withLock { $0.removed.append(place) } }

    func adopt(_ container: ContainerHandle) async -> Bool { state.withLock { $0.running.contains(container) } }

    func removeStrays(keeping places: Set<TaskPlace>) async {
        let kept = Set(places.map(\.task))
        state.withLock { state in
            state.keptPlaces = places
            state.running.removeAll { !kept.contains($0.task) }
        }
    }

    func run() async {
        let (never, end) = AsyncStream.makeStream(of: Void.self)
        for await _ in never {}
        end.finish()
    }
}
