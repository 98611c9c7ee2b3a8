import FoundationEssentials
import Glibc
import Synchronization

/// Runs processes of this machine as containers.
///
/// What a program meets:
///
/// 1. It listens at the address in `HOST`, which is its task's own on the loopback interface, and nowhere else: other
///    tasks use the same ports. `PORT` is the first port of the container, unless its environment says otherwise.
/// 2. Its environment is the container's, with `HOST`, `PORT`, the ``ProcessMarks``, and this program's `PATH` and
///    `HOME` where the container says nothing of them.
/// 3. It is the leader of a session. The container ends when it ends; whatever else runs in it is then killed.
/// 4. It goes on running when this program ends, and is found again through the marks and the pipes in the directory.
///
/// Working directory, user, memory limit, a read-only file system and a first process are the image's or the engine's
/// business, and mean nothing to a process.
package final class ProcessRunner: ContainerRunner {
    package let events: AsyncStream<ContainerEvent>

    private let owner: String
    private let directory: String
    private let images: Mutex<ProcessImages>
    private let interval: Duration
    private let continuation: AsyncStream<ContainerEvent>.Continuation
    /// By the runtime id.
    private let watched = Mutex<[String: WatchedProcess]>([:])

    /// - Parameters:
    ///   - owner: whose processes these are; no two runners on a machine have the same at a time.
    ///   - directory: where the pipes of their output are. A program started later with the same owner names it again.
    ///   - builtIn: programs and their arguments by the name of their image, without a tag.
    ///   - interval: how often output is read and ends are noticed.
    package init(
        owner: String, directory: String, mappings: [ImageMapping] = [], builtIn: [String: [String]] = [:],
        interval: Duration = .milliseconds(50)
    ) {
        self.owner = owner
        self.directory = directory
        images = Mutex(ProcessImages(mappings: mappings, builtIn: builtIn))
        self.interval = interval
        (events, continuation) = AsyncStream.makeStream()
    }

    /// Whether the image is one of the programs that come with this one.
    package func isBuiltIn(_ image: String) -> Bool { images.withLock { $0.isBuiltIn(image) } }

    /// Starts containers by other mappings from now on; what runs goes on.
    package func setMappings(_ mappings: [ImageMapping]) {
        images.withLock { $0.mappings = mappings }
    }

    package func run() async {
        while !Task.isCancelled {
            collectEvents()
            try? await Task.sleep(for: interval)
        }
    }

    package func prepare(_ task: TaskPlace.Request) async throws -> TaskPlace {
        TaskPlace(task: task.task, address: task.loopbackAddress)
    }

    package func start(_ container: ContainerSpecification, in place: TaskPlace) async throws -> ContainerHandle {
        let arguments = try images.withLock { images throws(ContainerStartError) in
            try images.arguments(for: container)
        }
        guard let address = place.address else {
            throw ContainerStartError.cannotStart(reason: "its task has no address on this machine")
        }
        let marks = ProcessMarks(owner: owner, task: place.task, container: container.name)
        let (identity, output) = try Self.start(
            arguments, environment: environment(of: container, address: address, marks: marks),
            output: pipePath(task: place.task, container: container.name))
        let handle = ContainerHandle(
            task: place.task, name: container.name, runtimeID: identity.runtimeID, address: address)
        watch(WatchedProcess(handle: handle, identity: identity, output: output))
        return handle
    }

    private static func start(
        _ arguments: [String], environment: [String: String], output path: String
    ) throws(ContainerStartError) -> (ProcessIdentity, OutputPipe) {
        do {
            var output = try OutputPipe.create(at: path)
            do {
                let process = try spawn(arguments, environment: environment, output: path)
                // As long as nobody has waited for it, it is there.
                guard let identity = ProcessIdentity(of: process) else {
                    throw SpawnError(program: "/proc/\(process)", code: ENOENT)
                }
                return (identity, output)
            } catch {
                _ = output.finish()
                throw error
            }
        } catch let error as SpawnError {
            throw .cannotStart(reason: error.reason)
        } catch {
            throw .cannotStart(reason: "\(error)")
        }
    }

    package func execute(_ command: [String], in container: ContainerHandle, timeout: Duration) async -> Int? {
        guard let identity = ProcessIdentity(runtimeID: container.runtimeID) else { return nil }
        var environment: [String: String]?
        // A process that is becoming another program has none for a moment.
        await poll(within: .seconds(1)) {
            environment = ProcessTable.environment(of: identity.id)
            return environment != nil || !identity.isRunning
        }
        guard let environment, identity.isRunning, let process = try? spawn(command, environment: environment),
            let started = ProcessIdentity(of: process)
        else { return nil }
        let hasEnded = await poll(within: timeout) { !started.isRunning }
        started.signalGroup(SIGKILL)
        let status = started.collectExitStatus()
        return hasEnded ? status : nil
    }

    package func stop(_ container: ContainerHandle, grace: Duration) async {
        guard let identity = ProcessIdentity(runtimeID: container.runtimeID) else { return }
        identity.signalGroup(SIGTERM)
        if await !poll(within: grace, until: { !identity.isRunning }) {
            identity.signalGroup(SIGKILL)
            await poll(within: .seconds(5)) { !identity.isRunning }
        }
        collectEvents()
    }

    package func remove(_ place: TaskPlace) async {
        await removeAll { $0 == place.task }
        try? FileManager.default.removeItem(atPath: "\(directory)/\(place.task)")
    }

    package func adopt(_ container: ContainerHandle) async -> Bool {
        guard let identity = ProcessIdentity(runtimeID: container.runtimeID), identity.isRunning,
            let marks = ProcessMarks(of: identity.id), marks.owner == owner, marks.task == container.task
        else { return false }
        guard watched.withLock({ $0[container.runtimeID] == nil }) else { return true }
        let output = try? OutputPipe(openingAt: pipePath(task: container.task, container: container.name))
        watch(WatchedProcess(handle: container, identity: identity, output: output))
        return true
    }

    package func removeStrays(keeping places: Set<TaskPlace>) async {
        let kept = Set(places.map(\.task))
        await removeAll { !kept.contains($0) }
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        for task in tasks where !kept.contains(task) {
            try? FileManager.default.removeItem(atPath: "\(directory)/\(task)")
        }
    }

    private func pipePath(task: String, container: String) -> String { "\(directory)/\(task)/\(container).output" }

    private func environment(
        of container: ContainerSpecification, address: String, marks: ProcessMarks
    ) -> [String: String] {
        let inherited = ProcessInfo.processInfo.environment
        var environment = [
            "PATH": inherited["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
            "HOME": inherited["HOME"] ?? "/",
        ]
        environment["PORT"] = container.ports.first.map(String.init)
        environment.merge(container.environment) { _, containers in containers }
        environment.merge(marks.variables) { _, marks in marks }
        environment["HOST"] = address
        return environment
    }

    private func watch(_ process: WatchedProcess) {
        watched.withLock { $0[process.handle.runtimeID] = process }
    }

    /// Under the lock, so that the events of a container arrive in order whoever collects them.
    private func collectEvents() {
        watched.withLock { watched in
            for (id, var process) in watched {
                let events = process.newEvents()
                watched[id] = process
                if case .ended(let handle, _, _) = events.last {
                    watched[id] = nil
                    // Before the end is told: a container of the same name may follow.
                    killAll { $0 == ProcessMarks(owner: owner, task: handle.task, container: handle.name) }
                }
                for event in events { continuation.yield(event) }
            }
        }
    }

    /// Ends the processes of certain tasks, whatever session they are in, and those they start meanwhile.
    private func removeAll(ofTask isMeant: (String) -> Bool) async {
        // A process that is becoming another program has no marks for a moment.
        for process in watched.withLock({ Array($0.values) }) where isMeant(process.handle.task) {
            process.identity.signalGroup(SIGKILL)
        }
        var killed: Set<Int32> = []
        await poll(within: .seconds(5)) {
            let found = killAll { $0.owner == owner && isMeant($0.task) }
            killed.formUnion(found)
            return found.isEmpty
        }
        collectEvents()
        // What is our child and was not watched must not stay behind as an ended process.
        for process in killed { waitpid(process, nil, WNOHANG) }
    }

    /// Sends those that run with certain marks the signal that ends them, and tells which they are.
    @discardableResult
    private func killAll(where isMeant: (ProcessMarks) -> Bool) -> [Int32] {
        let found = ProcessTable.allProcesses().filter { process in
            process != getpid() && ProcessMarks(of: process).map(isMeant) == true
        }
        for process in found { kill(process, SIGKILL) }
        return found
    }

    /// Asks until the answer is yes. No event says that a process of another parent ends.
    @discardableResult
    private func poll(within limit: Duration, until isTrue: () -> Bool) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while !isTrue() {
            guard ContinuousClock.now < deadline, (try? await Task.sleep(for: .milliseconds(10))) != nil else {
                return isTrue()
            }
        }
        return true
    }
}
