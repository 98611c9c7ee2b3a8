import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

/// Time stands still, unless a test lets it pass.
@Suite(.tags(.medium), .timeLimit(.minutes(1)))
struct TaskInterruptionTests {
    @Test("a task that is stopped while a container is being started leaves nothing running")
    func stoppedWhileStarting() async throws {
        let stage = try SupervisedTask(
            containers: [["name": "app", "image": "app"]], runner: ScriptedRunner(holdsStarts: true))
        try await stage.supervised { stage in
            await stage.untilStartIsHeld()
            stage.stop()
            await stage.until { $0.lastStatus == .stopping }
            #expect(stage.runner.history.removed.isEmpty, "what is being started could not be found to be removed")
            stage.runner.letStart()
            await stage.until { $0.lastStatus == .deprovisioning }
            #expect(stage.runner.history.stopped == ["app"])
            #expect(stage.runner.history.running.isEmpty)
            #expect(stage.runner.history.removed.count == 1)
            #expect(stage.task.containers[0].exitCode == 143)
        }
    }

    @Test("a start that is given up because the cloud ends is not the task's failure")
    func cancelledStart() async throws {
        var stage = try SupervisedTask(
            containers: [["name": "app", "image": "app"]], runner: ScriptedRunner(holdsStarts: true))
        try await stage.supervised { stage in await stage.untilStartIsHeld() }
        #expect(stage.task.isWanted)
        #expect(stage.task.stopCode == nil)
        stage.runner = ScriptedRunner()
        try await stage.supervised { stage in await stage.until { $0.lastStatus == .activating } }
    }

    @Test("a task of no service goes on whatever its health: it is unhealthy after the retries, and may recover")
    func unhealthy() async throws {
        let stage = try SupervisedTask(containers: [
            [
                "name": "app", "image": "app",
                "healthCheck": ["command": ["CMD", "check"], "interval": 10, "retries": 2],
            ]
        ])
        try await stage.supervised { stage in
            await stage.until { $0.lastStatus == .activating }
            stage.runner.endChecks(with: 1)
            stage.clock.step(by: .seconds(10))
            await stage.until { $0.containers[0].failedChecks == 1 }
            #expect(stage.task.health == .unknown)
            // A command that takes too long, or cannot be run, is a failure too.
            stage.runner.endChecks(with: nil)
            stage.clock.step(by: .seconds(10))
            await stage.until { $0.health == .unhealthy }
            #expect(stage.task.isWanted)
            stage.runner.endChecks(with: 0)
            stage.clock.step(by: .seconds(10))
            await stage.until { $0.health == .healthy }
            #expect(stage.runner.history.checks.allSatisfy { $0 == ["check"] })
        }
    }
}

extension SupervisedTask {
    fileprivate func untilStartIsHeld() async {
        for await _ in runner.held { return }
    }
}
