import AttributeTree
import Logging
import TaskRunning
import Testing

@testable import LocalCloud

/// A task of a cloud of its own, and what supervises it.
struct SupervisedTask {
    let engine: CloudEngine
    let clock: CloudClock
    var runner: ScriptedRunner
    private let arn: String

    init(
        containers: AttributeValue, overrides: AttributeValue? = nil, parameters: [String: String] = [:],
        runner: ScriptedRunner = ScriptedRunner()
    ) throws {
        var stage = CallStage()
        try stage.call(.ecs, "CreateCluster")
        var definition = ECSStage.taskDefinition
        definition["containerDefinitions"] = containers
        definition["executionRoleArn"] = "arn:aws:iam::000000000000:role/execution"
        try stage.call(.ecs, "RegisterTaskDefinition", definition)
        for (name, value) in parameters {
            try stage.call(.ssm, "PutParameter", ["Name": .string(name), "Value": .string(value), "Type": "String"])
        }
        let network: AttributeValue = ["subnets": [.string(stage.world.network.subnets[0].id)]]
        var call: AttributeValue = [
            "taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": ["awsvpcConfiguration": network],
        ]
        if let overrides { call["overrides"] = ["containerOverrides": [overrides]] }
        let answer = try stage.call(.ecs, "RunTask", call)
        arn = try #require(answer["tasks"]?[0]?["taskArn"]?.stringValue)
        clock = CloudClock(start: stage.now, rate: 0)
        engine = CloudEngine(world: stage.world, clock: clock)
        self.runner = runner
    }

    var task: TaskRecord {
        guard let task = engine.read({ $0.containers.tasks[arn] }) else {
            preconditionFailure("a task is there for an hour after its end")
        }
        return task
    }

    func stop() {
        engine.change { world, context in world.stopTask(arn, .user(nil), at: context.now) }
    }

    /// Returns when the task is so.
    func until(_ isReached: (TaskRecord) -> Bool) async {
        for await _ in engine.changes() where isReached(task) { return }
    }

    func until(inWorld isReached: (World) -> Bool) async {
        for await _ in engine.changes() where engine.read(isReached) { return }
    }

    /// Does something while the task is supervised and time is watched.
    func supervised(_ body: (Self) async throws -> Void) async throws {
        let supervisor = TaskSupervisor(
            engine: engine, runner: runner, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup { group in
            group.addTask { await supervisor.run() }
            group.addTask { try await engine.run() }
            try await body(self)
            group.cancelAll()
            while (try? await group.next()) != nil {}
        }
    }
}
