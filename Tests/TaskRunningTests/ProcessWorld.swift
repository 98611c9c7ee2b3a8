import Foundation
import TestSupport
import Testing

@testable import TaskRunning

/// A runner of processes that watches while a test uses it. After the test nothing of it may be there.
struct ProcessWorld {
    let runner: ProcessRunner
    let owner: String
    let directory: String

    /// The command of the image `test` is what the container's command says.
    static func run(
        mappings: [ImageMapping] = [ImageMapping(pattern: "test", command: "exec")],
        builtIn: [String: [String]] = [:],
        _ body: (ProcessWorld, inout EventReader) async throws -> Void
    ) async throws {
        try await TemporaryDirectory.with { directory in
            let owner = "test-\(UUID().uuidString)"
            let runner = ProcessRunner(
                owner: owner, directory: directory.url.path, mappings: mappings, builtIn: builtIn,
                interval: .milliseconds(5))
            let world = ProcessWorld(runner: runner, owner: owner, directory: directory.url.path)
            var events = EventReader(runner)
            try await withThrowingTaskGroup { group in
                group.addTask { await runner.run() }
                defer { group.cancelAll() }
                do {
                    try await body(world, &events)
                } catch {
                    await runner.removeStrays(keeping: [])
                    throw error
                }
            }
            await runner.removeStrays(keeping: [])
            #expect(world.processes.isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path).isEmpty)
        }
    }

    /// Whatever of this machine's processes belongs to the runner.
    var processes: [Int32] {
        ProcessTable.allProcesses().filter { ProcessMarks(of: $0)?.owner == owner }
    }

    func place(_ task: String = "t1", address: String = "127.9.0.1") async throws -> TaskPlace {
        try await runner.prepare(.init(task: task, loopbackAddress: address))
    }

    func start(
        shell script: String, name: String = "c", task: String = "t1", environment: [String: String] = [:]
    ) async throws -> ContainerHandle {
        try await runner.start(
            ContainerSpecification(
                name: name, image: "test", command: ["/bin/sh", "-c", script], environment: environment),
            in: place(task))
    }
}
