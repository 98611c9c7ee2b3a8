import Foundation
import TestSupport
import Testing

@testable import TaskRunning

@Suite(.tags(.medium), .timeLimit(.minutes(2))) struct ProcessAdoptionTests {
    /// A container started by a program that has ended. It writes a line, and ends when the file `end` is there.
    private static func startedByAnotherProgram(in world: ProcessWorld) async throws -> ContainerHandle {
        let owner = world.owner
        let directory = world.directory
        await #expect(processExitsWith: .success) { [owner = owner as String, directory = directory as String] in
            let runner = ProcessRunner(
                owner: owner, directory: directory, mappings: [ImageMapping(pattern: "test", command: "exec")])
            let script = "echo unread; until [ -e \(directory)/end ]; do sleep 0.01; done; echo end; exit 5"
            let container = try await runner.start(
                ContainerSpecification(name: "c", image: "test", command: ["/bin/sh", "-c", script]),
                in: TaskPlace(task: "t1", address: "127.9.0.1"))
            try JSONEncoder().encode(container).write(to: URL(fileURLWithPath: "\(directory)/handle"))
        }
        let handle = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/handle"))
        return try JSONDecoder().decode(ContainerHandle.self, from: handle)
    }

    @Test func aContainerOutlivesItsProgramAndIsFoundAgainWithAllItWrote() async throws {
        try await ProcessWorld.run { world, events in
            let container = try await Self.startedByAnotherProgram(in: world)
            #expect(world.processes.count >= 1)
            #expect(await world.runner.adopt(container))
            #expect(await world.runner.adopt(container))
            #expect(await events.line(of: container, containing: "unread") != nil)
            #expect(FileManager.default.createFile(atPath: "\(world.directory)/end", contents: nil))
            // Its exit status is known to the program that started it only.
            #expect(await events.end(of: container) == .ended(container, exitCode: nil, reason: nil))
            #expect(events.lines(of: container) == ["unread", "end"])
        }
    }

    @Test func aContainerOfAnEarlierProgramCanBeStopped() async throws {
        try await ProcessWorld.run { world, events in
            let container = try await Self.startedByAnotherProgram(in: world)
            #expect(await world.runner.adopt(container))
            await world.runner.stop(container, grace: .seconds(60))
            _ = await events.end(of: container)
            #expect(world.processes.isEmpty)
        }
    }

    @Test func whatHasEndedOrIsAnothersIsNotAdopted() async throws {
        try await ProcessWorld.run { world, events in
            var container = try await world.start(shell: "exec sleep 1000")
            let other = ProcessRunner(owner: "other", directory: world.directory)
            #expect(await !other.adopt(container))
            await world.runner.stop(container, grace: .seconds(60))
            #expect(await !world.runner.adopt(container))
            container.runtimeID = "\(getpid())@1"
            #expect(await !world.runner.adopt(container))
            container.runtimeID = "0123456789abcdef"
            #expect(await !world.runner.adopt(container))
        }
    }

    @Test func straysAreRemovedAndThePlacesInUseAreKept() async throws {
        try await ProcessWorld.run { world, events in
            let kept = try await world.start(shell: "exec sleep 1000", task: "kept")
            let stray = try await world.start(shell: "setsid sleep 1000 & exec sleep 1000", task: "stray")
            await world.runner.removeStrays(keeping: [try await world.place("kept")])
            #expect(await events.exitCode(of: stray) == 137)
            #expect(world.processes == [ProcessIdentity(runtimeID: kept.runtimeID)?.id])
            #expect(try FileManager.default.contentsOfDirectory(atPath: world.directory) == ["kept"])
        }
    }
}
