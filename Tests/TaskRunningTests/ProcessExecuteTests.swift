import TestBackends
import TestSupport
import Testing

@testable import TaskRunning

@Suite(.tags(.medium), .timeLimit(.minutes(2))) struct ProcessExecuteTests {
    struct Check: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var command: [String]
        var timeout: Duration = .seconds(60)
        var status: Int?
    }

    @Test(arguments: [
        Check(testDescription: "its exit status", command: ["/bin/sh", "-c", "exit 4"], status: 4),
        Check(
            testDescription: "in the container's environment", command: ["/bin/sh", "-c", "test $HOST = 127.9.0.1"],
            status: 0),
        Check(testDescription: "found in the search path", command: ["true"], status: 0),
        Check(testDescription: "nothing where there is no such program", command: ["/no/such"], status: nil),
        Check(
            testDescription: "nothing when it takes too long", command: ["/bin/sh", "-c", "sleep 1000 & wait"],
            timeout: .milliseconds(50), status: nil),
    ])
    func aCommandInAContainerTells(_ check: Check) async throws {
        try await ProcessWorld.run { world, _ in
            let container = try await world.start(shell: "exec sleep 1000")
            #expect(
                await world.runner.execute(check.command, in: container, timeout: check.timeout) == check.status)
            // What is killed takes a moment to be gone.
            try await eventually("the command's end") { world.processes.count == 1 }
        }
    }

    @Test func nothingRunsInAContainerThatHasEnded() async throws {
        try await ProcessWorld.run { world, events in
            let container = try await world.start(shell: "exit 0")
            _ = await events.end(of: container)
            #expect(await world.runner.execute(["true"], in: container, timeout: .seconds(60)) == nil)
        }
    }
}
