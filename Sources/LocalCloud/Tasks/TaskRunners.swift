import FoundationEssentials
import TaskRunning

/// What runs the tasks of a cloud, as its settings and this machine have it.
struct TaskRunners: Sendable {
    let runner: CompositeRunner
    let processes: ProcessRunner

    /// - Parameter owner: the mark of everything that this cloud runs, in every one of its lives.
    init(_ settings: LocalCloudSettings, owner: String) async throws {
        let pipes = settings.directory + "/tasks"
        try FileAccess.createDirectory(at: pipes)
        processes = ProcessRunner(
            owner: owner, directory: pipes, mappings: settings.imageMappings, builtIn: settings.builtInImages)
        let engine: EngineRunner? =
            switch settings.containerEngine {
            case .none: nil
            case .socket(let path): EngineRunner(owner: owner, socket: path)
            case .automatic:
                await EngineRunner.find(owner: owner, environment: ProcessInfo.processInfo.environment)
            }
        runner = CompositeRunner(processes: processes, engine: engine)
    }
}
