import Logging
import Synchronization
import TaskRunning

/// Has the containers of the world's tasks run, and tells the world what becomes of them.
final class TaskSupervisor: Sendable {
    private let engine: CloudEngine
    private let runner: any ContainerRunner
    private let logger: Logger
    /// What is being done, so that it is not begun twice.
    private let inFlight = Mutex<Set<TaskWork.ID>>([])
    /// What containers have told that is not in the world yet.
    private let arrived = Mutex<[ContainerEvent]>([])
    /// Of the cloud's time.
    private static let stopRetryDelay = Duration.seconds(5)
    /// Says that there may be something to do.
    private let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation

    init(engine: CloudEngine, runner: any ContainerRunner, logger: Logger) {
        self.engine = engine
        self.runner = runner
        self.logger = logger
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Supervises until it is cancelled; what runs goes on then.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.runner.run() }
            group.addTask { await self.followEvents() }
            await findAgain()
            group.addTask { for await _ in self.engine.changes() { self.wakeUp.yield() } }
            for await _ in wakeUps {
                for work in beginWork() {
                    group.addTask {
                        await self.carryOut(work)
                        self.finish(work.id)
                    }
                }
            }
        }
    }

    /// Takes in what containers tell. What they print while the world is being changed is taken in together: one that
    /// prints without end does not keep what is told of the others waiting.
    private func followEvents() async {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await event in self.runner.events {
                    self.arrived.withLock { $0.append(event) }
                    arrival.yield()
                }
                arrival.finish()
            }
            for await _ in arrivals { record(takeArrived()) }
        }
    }

    private func takeArrived() -> [ContainerEvent] {
        arrived.withLock { arrived in
            defer { arrived = [] }
            return arrived
        }
    }

    /// Ends everything that runs and removes what is left of it: the cloud goes, and its tasks with it. The world finds
    /// them gone at the next start.
    func stopAll() async {
        await runner.removeStrays(keeping: [])
    }

    /// What an earlier process started either runs, and is watched from now on, or has ended meanwhile.
    private func findAgain() async {
        let tasks = engine.read { $0.containers.tasks.values.filter { $0.lastStatus < .deprovisioning } }
        // Of one that was being started, a container may run that nobody knows: it begins anew.
        let started = tasks.filter { $0.lastStatus > .pending }
        await runner.removeStrays(keeping: Set(started.compactMap(\.place)))
        for task in tasks {
            for case let handle? in task.containers.filter({ $0.lastStatus == .running }).map(\.handle) {
                guard await !runner.adopt(handle) else { continue }
                record(
                    .ended(container: handle.name, exitCode: nil, reason: "it was gone when the cloud started"),
                    of: task.arn)
            }
        }
    }

    /// What is not being done already. A task is removed when nothing is being started for it any more.
    private func beginWork() -> [TaskWork] {
        inFlight.withLock { inFlight in
            // Read while nothing can finish, or what finishes in between would be begun a second time.
            let work = engine.read { $0.taskWork }
            let busy = Set(inFlight.filter { $0.verb != .remove }.map(\.task))
            return work.filter { work in
                (work.id.verb != .remove || !busy.contains(work.id.task)) && inFlight.insert(work.id).inserted
            }
        }
    }

    private func finish(_ work: TaskWork.ID) {
        inFlight.withLock { _ = $0.remove(work) }
        // What it led to may have been passed over while it was still in flight.
        wakeUp.yield()
    }

    private func carryOut(_ work: TaskWork) async {
        switch work {
        case .prepare(let task, let request): await prepare(task, request)
        case .start(let task, let container, let place): await start(task, container, place)
        case .refuse(let task, let container, let reason):
            record(.failed(container: container, reason: reason), of: task)
        case .check(let task, let container, let command, let timeout):
            let status = await runner.execute(command, in: container, timeout: timeout)
            guard !Task.isCancelled else { return }
            record(.checked(container: container.name, passed: status == 0), of: task)
        case .stop(_, let container, let grace):
            await runner.stop(container, grace: grace)
            // An event tells of its end, and finishes this work. Where none comes, it is asked again.
            try? await engine.clock.sleep(for: Self.stopRetryDelay)
        case .remove(let task, let place):
            if let place { await runner.remove(place) }
            record(.removed, of: task)
        }
    }

    private func prepare(_ task: String, _ request: TaskPlace.Request) async {
        do {
            record(.prepared(try await runner.prepare(request)), of: task)
        } catch {
            fail(task, because: "ResourceInitializationError: \(error)")
        }
    }

    private func start(_ task: String, _ container: ContainerSpecification, _ place: TaskPlace) async {
        do {
            let handle = try await runner.start(container, in: place)
            record(.started(container: container.name, handle), of: task)
        } catch ContainerStartError.imageUnavailable(let image, let reason) {
            fail(
                task, container.name,
                because: "CannotPullContainerError: pull image manifest has been retried 1 time(s): \(image): \(reason)"
            )
        } catch ContainerStartError.cannotStart(let reason) {
            fail(task, container.name, because: "CannotStartContainerError: \(reason)")
        } catch {
            fail(task, container.name, because: "CannotStartContainerError: \(error)")
        }
    }

    private func fail(_ task: String, _ container: String? = nil, because reason: String) {
        // What is given up because the cloud ends has not failed: the next one begins it anew.
        guard !Task.isCancelled else { return }
        record(.failed(container: container, reason: reason), of: task)
    }

    private func record(_ event: TaskEvent, of task: String) {
        logger.info("task", metadata: ["task": "\(task)", "event": "\(event.words)"])
        engine.change { world, context in world.record(event, ofTask: task, at: context.now) }
    }

    /// In their order: a task has printed everything when it has ended.
    private func record(_ events: [ContainerEvent]) {
        var printed: [(ContainerHandle, String)] = []
        for event in events {
            switch event {
            case .output(let container, let output):
                logger.info(
                    "output",
                    metadata: ["task": "\(container.task)", "container": "\(container.name)", "line": "\(output.line)"])
                printed.append((container, output.line))
            case .ended(let container, let exitCode, let reason):
                keep(printed)
                printed = []
                recordEnd(of: container, exitCode, reason)
            }
        }
        keep(printed)
    }

    private func keep(_ printed: [(ContainerHandle, String)]) {
        let kept = engine.read { world in
            printed.compactMap { handle, line in world.logStream(of: handle).map { ($0, line) } }
        }
        guard !kept.isEmpty else { return }
        engine.change { world, context in
            for (stream, line) in kept {
                world.appendLog(group: stream.group, stream: stream.name, line: line, at: context.now)
            }
        }
    }

    private func recordEnd(of container: ContainerHandle, _ exitCode: Int?, _ reason: String?) {
        let task = engine.read { $0.task(id: container.task)?.arn }
        guard let task else { return }
        let words =
            reason == ContainerEvent.outOfMemory ? "OutOfMemoryError: Container killed due to memory usage" : reason
        record(.ended(container: container.name, exitCode: exitCode, reason: words), of: task)
        finish(TaskWork.ID(task: task, container: container.name, verb: .stop))
    }
}

extension World {
    func task(id: String) -> TaskRecord? { containers.tasks.values.first { $0.id == id } }

    /// Where the task definition wants output: with `awslogs`, in a log stream; `nil` when nowhere.
    fileprivate func logStream(of handle: ContainerHandle) -> (group: String, name: String)? {
        guard let container = task(id: handle.task)?.containers.first(where: { $0.name == handle.name }),
            let group = container.logGroup, let stream = container.logStream
        else { return nil }
        return (group, stream)
    }
}

extension TaskEvent {
    /// For the log.
    fileprivate var words: String {
        switch self {
        case .prepared(let place): "prepared" + (place.address.map { " at \($0)" } ?? "")
        case .started(let name, let container): "container \(name) started at \(container.address)"
        case .ended(let name, let exitCode, let reason):
            "container \(name) ended" + (exitCode.map { " with \($0)" } ?? "") + (reason.map { ": \($0)" } ?? "")
        case .checked(let name, let passed): "container \(name) is \(passed ? "healthy" : "not healthy")"
        case .failed(let name, let reason): (name.map { "container \($0) does not start: " } ?? "") + reason
        case .removed: "removed"
        }
    }
}
