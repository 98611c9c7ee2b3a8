import TestSupport
import Testing

@testable import TaskRunning

@Suite(.tags(.medium), .timeLimit(.minutes(2))) struct ProcessStopTests {
    @Test func aStoppedContainerMayFinishItsWork() async throws {
        try await ProcessWorld.run { world, events in
            let container = try await world.start(
                shell: "trap 'echo finished; exit 0' TERM; echo ready; while :; do sleep 0.01; done")
            #expect(await events.line(of: container, containing: "ready") != nil)
            await world.runner.stop(container, grace: .seconds(60))
            #expect(await events.exitCode(of: container) == 0)
            #expect(events.lines(of: container).last == "finished")
        }
    }

    @Test func aContainerThatIgnoresTheRequestIsKilledAfterTheGrace() async throws {
        try await ProcessWorld.run { world, events in
            let container = try await world.start(shell: "trap '' TERM; echo ready; while :; do sleep 0.01; done")
            #expect(await events.line(of: container, containing: "ready") != nil)
            await world.runner.stop(container, grace: .milliseconds(50))
            #expect(await events.exitCode(of: container) == 137)
            #expect(world.processes.isEmpty)
        }
    }

    @Test func stoppingWhatHasEndedDoesNothing() async throws {
        try await ProcessWorld.run { world, events in
            let container = try await world.start(shell: "exit 0")
            _ = await events.end(of: container)
            await world.runner.stop(container, grace: .seconds(60))
            await world.runner.stop(container, grace: .seconds(60))
            #expect(events.events == [.ended(container, exitCode: 0, reason: nil)])
        }
    }

    @Test(arguments: ["sleep 1000 & echo ready; exit 0", "setsid sleep 1000 & echo ready; exit 0"])
    func withItsMainProcessAContainerEndsWhole(_ script: String) async throws {
        try await ProcessWorld.run { world, events in
            let container = try await world.start(shell: script)
            #expect(await events.exitCode(of: container) == 0)
            // Killed processes are gone when the kernel gets to it; removing waits for that.
            await world.runner.remove(try await world.place())
            #expect(world.processes.isEmpty)
        }
    }

    @Test func removingATaskEndsWhateverRunsInItAndCanBeRepeated() async throws {
        try await ProcessWorld.run { world, events in
            let removed = try await world.start(shell: "setsid sleep 1000 & setsid sleep 1000 & exec sleep 1000")
            let kept = try await world.start(shell: "exec sleep 1000", task: "t2")
            let place = try await world.place()
            await world.runner.remove(place)
            await world.runner.remove(place)
            #expect(await events.exitCode(of: removed) == 137)
            #expect(world.processes == [ProcessIdentity(runtimeID: kept.runtimeID)?.id])
        }
    }
}
