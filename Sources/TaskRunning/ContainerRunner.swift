/// Runs containers on this machine, as whatever it has: a container engine's containers, or processes.
///
/// It runs what it is told, one container at a time; which containers make up a task, in which order they start and
/// what their ends mean is decided by its caller.
package protocol ContainerRunner: Sendable {
    /// Makes what the containers of one task share: an address of their own.
    func prepare(_ task: TaskPlace.Request) async throws -> TaskPlace
    /// Starts a container in that place. Its output and its end arrive as ``events``.
    ///
    /// - Throws: ``ContainerStartError`` when it cannot be started.
    func start(_ container: ContainerSpecification, in place: TaskPlace) async throws -> ContainerHandle
    /// Runs a command inside, and tells its exit status; `nil` when it could not be run or took longer than `timeout`.
    func execute(_ command: [String], in container: ContainerHandle, timeout: Duration) async -> Int?
    /// Asks it to end, and ends it after the grace. Does nothing when it has ended.
    func stop(_ container: ContainerHandle, grace: Duration) async
    /// Removes what is left of a task, whatever still runs there. Can be repeated.
    func remove(_ place: TaskPlace) async
    /// Whether a container, perhaps one started by a process before this one, is still there. Its end arrives as an
    /// event from now on.
    func adopt(_ container: ContainerHandle) async -> Bool
    /// Removes everything that carries the owner's mark and is not among `places`: what an earlier process left.
    func removeStrays(keeping places: Set<TaskPlace>) async
    /// What happens to the containers; for one reader.
    var events: AsyncStream<ContainerEvent> { get }
    /// Watches the containers, until it is cancelled. Events arrive only while it runs. When it ends, the containers go
    /// on running.
    func run() async
}

/// What happened to a container.
package enum ContainerEvent: Sendable, Hashable {
    case output(ContainerHandle, Output)
    /// `exitCode` is 128 + n after signal n; `nil` when it is not known.
    case ended(ContainerHandle, exitCode: Int?, reason: String?)

    /// The reason of an end because the memory limit was reached.
    package static let outOfMemory = "out of memory"

    package struct Output: Sendable, Hashable {
        /// One line, without its end.
        package var line: String
        /// Seconds since 1970.
        package var time: Double

        package init(line: String, time: Double) {
            self.line = line
            self.time = time
        }
    }
}

/// Why a container did not start.
package enum ContainerStartError: Error, Sendable, Hashable {
    /// There is no such image here and it cannot be fetched.
    case imageUnavailable(image: String, reason: String)
    /// The image is there and does not start.
    case cannotStart(reason: String)
}
