import AttributeTree
import TaskRunning
import TestSupport
import Testing

@testable import LocalCloud

/// Time stands still, unless a test lets it pass.
@Suite(.tags(.medium), .timeLimit(.minutes(1)))
struct TaskSupervisorTests {
    @Test("containers start when those they depend on are as far, and end the other way round, each in its time")
    func order() async throws {
        let stage = try SupervisedTask(containers: [
            ["name": "setup", "image": "setup", "essential": false],
            [
                "name": "app", "image": "app", "stopTimeout": 7,
                "dependsOn": [["containerName": "setup", "condition": "SUCCESS"]],
            ],
            [
                "name": "proxy", "image": "proxy",
                "dependsOn": [["containerName": "app", "condition": "START"]],
            ],
        ])
        try await stage.supervised { stage in
            await stage.until { $0.containers[0].lastStatus == .running }
            #expect(stage.runner.history.started.map(\.name) == ["setup"])
            stage.runner.end("setup", exitCode: 0)
            await stage.until { $0.lastStatus == .activating }
            #expect(stage.runner.history.started.map(\.name) == ["setup", "app", "proxy"])
            stage.clock.step(by: .seconds(1))
            await stage.until { $0.lastStatus == .running }
            stage.stop()
            await stage.until { $0.lastStatus == .deprovisioning }
            stage.clock.step(by: .seconds(1))
            await stage.until { $0.lastStatus == .stopped }
            #expect(stage.runner.history.stopped == ["proxy", "app"])
            #expect(stage.runner.history.graces == [.seconds(30), .seconds(7)])
            #expect(stage.runner.history.removed.count == 1)
            #expect(stage.task.stopCode == .userInitiated)
            #expect(stage.task.containers.map(\.exitCode) == [0, 143, 143])
        }
    }

    @Test("a container has the environment of its definition, what the task overrides, and its secrets")
    func environment() async throws {
        let stage = try SupervisedTask(
            containers: [
                [
                    "name": "app", "image": "app", "command": ["serve"],
                    "environment": [["name": "A", "value": "1"], ["name": "B", "value": "2"]],
                    "secrets": [["name": "TOKEN", "valueFrom": "/token"]],
                ]
            ],
            overrides: ["name": "app", "command": ["work"], "environment": [["name": "B", "value": "3"]]],
            parameters: ["/token": "hidden"])
        try await stage.supervised { stage in
            await stage.until { $0.containers[0].lastStatus == .running }
            let started = try #require(stage.runner.history.started.first)
            #expect(started.command == ["work"])
            #expect(started.environment == ["A": "1", "B": "3", "TOKEN": "hidden", "AWS_REGION": "local-1"])
        }
    }

    @Test("a task whose secret is missing does not start, and says which")
    func missingSecret() async throws {
        let stage = try SupervisedTask(containers: [
            ["name": "app", "image": "app", "secrets": [["name": "TOKEN", "valueFrom": "/token"]]]
        ])
        try await stage.supervised { stage in
            await stage.until { $0.stopCode != nil }
            #expect(stage.task.stopCode == .failedToStart)
            let reason = try #require(stage.task.stoppedReason)
            #expect(reason.hasPrefix("ResourceInitializationError: "))
            #expect(reason.contains("/token"))
        }
    }

    @Test("an image that is not there is the task's end")
    func missingImage() async throws {
        let stage = try SupervisedTask(
            containers: [["name": "app", "image": "nowhere"]], runner: ScriptedRunner(missingImages: ["nowhere"]))
        try await stage.supervised { stage in
            await stage.until { $0.stopCode != nil }
            #expect(stage.task.stopCode == .failedToStart)
            #expect(stage.task.stoppedReason?.hasPrefix("CannotPullContainerError: ") == true)
        }
    }

    @Test("a container's health check runs when it is due")
    func healthCheck() async throws {
        let stage = try SupervisedTask(containers: [
            ["name": "app", "image": "app", "healthCheck": ["command": ["CMD-SHELL", "curl -f localhost"]]]
        ])
        try await stage.supervised { stage in
            await stage.until { $0.lastStatus == .activating }
            #expect(stage.runner.history.checks.isEmpty)
            stage.clock.step(by: .seconds(30))
            await stage.until { $0.health == .healthy }
            #expect(stage.runner.history.checks == [["/bin/sh", "-c", "curl -f localhost"]])
        }
    }

    @Test("what a container has printed is in its log stream, in its order, when it has ended")
    func log() async throws {
        let stage = try SupervisedTask(containers: [
            [
                "name": "app", "image": "app",
                "logConfiguration": [
                    "logDriver": "awslogs",
                    "options": [
                        "awslogs-group": "/app", "awslogs-stream-prefix": "web", "awslogs-region": "local-1",
                        "awslogs-create-group": "true",
                    ],
                ],
            ]
        ])
        try await stage.supervised { stage in
            await stage.until { $0.containers[0].lastStatus == .running }
            let handle = try #require(stage.task.containers[0].handle)
            let lines = (1...1000).map { "line \($0)" }
            for line in lines { stage.runner.print(line, from: handle) }
            stage.runner.end("app", exitCode: 0)
            await stage.until { $0.containers[0].lastStatus == .stopped }
            let logged = stage.engine.read { world in
                world.logs.stream("web/app/\(handle.task)", of: "/app").map { world.logs.events(of: $0).map(\.message) }
            }
            #expect(logged == lines)
        }
    }

    @Test("after a restart a container that still runs is watched again, and one that is gone has ended")
    func restart() async throws {
        var stage = try SupervisedTask(containers: [
            ["name": "app", "image": "app"], ["name": "side", "image": "side", "essential": false],
        ])
        try await stage.supervised { stage in
            await stage.until { $0.lastStatus == .activating }
        }
        let survivor = try #require(stage.task.containers[0].handle)
        stage.runner = ScriptedRunner(running: [survivor])
        try await stage.supervised { stage in
            await stage.until { $0.containers[1].lastStatus == .stopped }
            #expect(stage.runner.history.keptPlaces == [TaskPlace(task: survivor.task, address: survivor.address)])
            #expect(stage.task.isWanted)
            #expect(stage.runner.history.started.isEmpty)
            stage.runner.end("app", exitCode: 137)
            await stage.until { $0.stopCode == .essentialContainerExited }
            #expect(stage.task.containers[0].exitCode == 137)
        }
    }

    @Test("a task that was being started when the cloud ended is started anew")
    func restartWhileStarting() async throws {
        var stage = try SupervisedTask(containers: [
            ["name": "setup", "image": "setup", "essential": false],
            ["name": "app", "image": "app", "dependsOn": [["containerName": "setup", "condition": "COMPLETE"]]],
        ])
        try await stage.supervised { stage in
            await stage.until { $0.containers[0].lastStatus == .running }
        }
        let setup = try #require(stage.task.containers[0].handle)
        stage.runner = ScriptedRunner(running: [setup])
        try await stage.supervised { stage in
            await stage.until { $0.lastStatus == .activating }
            #expect(stage.runner.history.keptPlaces == [])
            #expect(stage.runner.history.started.map(\.name) == ["app"])
        }
    }
}
