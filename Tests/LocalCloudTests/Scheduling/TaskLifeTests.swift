import AttributeTree
import TaskRunning
import TestSupport
import Testing

@testable import LocalCloud

/// What happens to the containers of a task, and what becomes of the task.
struct TaskLife: Sendable, CustomTestStringConvertible {
    enum Step: Sendable {
        case start(String)
        case end(String, Int)
        case check(String, passes: Bool)
        case cannotStart(String, because: String)
        case wait(Double)
    }

    var testDescription: String
    var containers: AttributeValue
    /// One in a second, after the task has been prepared.
    var steps: [Step]
    /// The state, health and why it stopped, then its containers: `RUNNING UNKNOWN | app RUNNING`.
    var outcome: String

    init(_ testDescription: String, _ containers: AttributeValue, _ steps: [Step], _ outcome: String) {
        self.testDescription = testDescription
        self.containers = containers
        self.steps = steps
        self.outcome = outcome
    }

    fileprivate static let app: AttributeValue = ["name": "app", "image": "app"]
    fileprivate static let dependency =
        "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [side] as dependency"

    /// A container that is not essential, with further members.
    fileprivate static func side(_ members: AttributeValue = [:]) -> AttributeValue {
        var container: AttributeValue = ["name": "side", "image": "side", "essential": false]
        for (name, value) in members.mapValue ?? [:] { container[name] = value }
        return container
    }

    /// ``app``, which starts when the other one is so far.
    fileprivate static func app(after condition: String) -> AttributeValue {
        var container = app
        container["dependsOn"] = [["containerName": "side", "condition": .string(condition)]]
        return container
    }

    /// Every five seconds, and unhealthy after two failures.
    fileprivate static func checked(_ container: AttributeValue, startPeriod: Int = 0) -> AttributeValue {
        var container = container
        container["healthCheck"] = [
            "command": ["CMD", "check"], "interval": 5, "retries": 2, "startPeriod": .int(startPeriod),
        ]
        return container
    }
}

@Suite(.tags(.small))
struct TaskLifeTests {
    @Test(arguments: [
        TaskLife(
            "all containers run", [TaskLife.app, TaskLife.side()], [.start("app"), .start("side")],
            "RUNNING UNKNOWN | app RUNNING, side RUNNING"),
        TaskLife(
            "one container is missing", [TaskLife.app, TaskLife.side()], [.start("app"), .wait(60)],
            "PENDING UNKNOWN | app RUNNING, side PENDING"),
        TaskLife(
            "an essential container ends, with whatever status", [TaskLife.app, TaskLife.side()],
            [.start("app"), .start("side"), .end("app", 0)],
            "STOPPING UNKNOWN EssentialContainerExited: Essential container in task exited "
                + "| app STOPPED 0, side RUNNING"),
        TaskLife(
            "a container that is not essential ends", [TaskLife.app, TaskLife.side()],
            [.start("app"), .start("side"), .end("side", 1)], "RUNNING UNKNOWN | app RUNNING, side STOPPED 1"),
        TaskLife(
            "a container has ended before its start is told", [TaskLife.app, TaskLife.side()],
            [.start("app"), .end("side", 0), .start("side")], "RUNNING UNKNOWN | app RUNNING, side STOPPED 0"),
        TaskLife(
            "an image is not there", [TaskLife.app],
            [.cannotStart("app", because: "CannotPullContainerError: not found")],
            "STOPPING UNKNOWN TaskFailedToStart: CannotPullContainerError: not found | app PENDING"),
    ])
    func startsAndEnds(_ life: TaskLife) throws { try expect(life) }

    @Test(arguments: [
        TaskLife(
            "what has to succeed fails", [TaskLife.side(), TaskLife.app(after: "SUCCESS")],
            [.start("side"), .end("side", 1)],
            "STOPPING UNKNOWN TaskFailedToStart: \(TaskLife.dependency) did not exit successfully. "
                + "| side STOPPED 1, app PENDING"),
        TaskLife(
            "what has to be complete fails", [TaskLife.side(), TaskLife.app(after: "COMPLETE")],
            [.start("side"), .end("side", 1), .start("app")], "RUNNING UNKNOWN | side STOPPED 1, app RUNNING"),
        TaskLife(
            "what has to be healthy is not", [TaskLife.checked(TaskLife.side()), TaskLife.app(after: "HEALTHY")],
            [.start("side"), .check("side", passes: false), .check("side", passes: false)],
            "STOPPING UNKNOWN TaskFailedToStart: \(TaskLife.dependency) is unhealthy. "
                + "| side RUNNING, app PENDING"),
        TaskLife(
            "what had to be healthy ends later", [TaskLife.checked(TaskLife.side()), TaskLife.app(after: "HEALTHY")],
            [.start("side"), .check("side", passes: true), .start("app"), .end("side", 0)],
            "RUNNING UNKNOWN | side STOPPED 0, app RUNNING"),
        TaskLife(
            "what has to be complete takes longer than its start timeout",
            [TaskLife.side(["startTimeout": 30]), TaskLife.app(after: "COMPLETE")], [.start("side"), .wait(29)],
            "STOPPING UNKNOWN TaskFailedToStart: \(TaskLife.dependency) has timed out. "
                + "| side RUNNING, app PENDING"),
        TaskLife(
            "what has to be complete takes just as long as it may",
            [TaskLife.side(["startTimeout": 30]), TaskLife.app(after: "COMPLETE")], [.start("side"), .wait(28)],
            "PENDING UNKNOWN | side RUNNING, app PENDING"),
    ])
    func waitsForDependencies(_ life: TaskLife) throws { try expect(life) }

    @Test(arguments: [
        TaskLife(
            "one failure is none", [TaskLife.checked(TaskLife.app)],
            [.start("app"), .wait(5), .check("app", passes: true), .check("app", passes: false)],
            "RUNNING HEALTHY | app RUNNING"),
        TaskLife(
            "failures in a row count", [TaskLife.checked(TaskLife.app)],
            [
                .start("app"), .wait(5), .check("app", passes: false), .check("app", passes: true),
                .check("app", passes: false),
            ], "RUNNING HEALTHY | app RUNNING"),
        TaskLife(
            "as many as the retries are enough; a task of no service goes on", [TaskLife.checked(TaskLife.app)],
            [.start("app"), .wait(5), .check("app", passes: false), .check("app", passes: false)],
            "RUNNING UNHEALTHY | app RUNNING"),
        TaskLife(
            "failures in the start period do not count", [TaskLife.checked(TaskLife.app, startPeriod: 20)],
            [
                .start("app"), .wait(5), .check("app", passes: false), .check("app", passes: false),
                .check("app", passes: false),
            ], "RUNNING UNKNOWN | app RUNNING"),
        TaskLife(
            "but they do once a check has passed", [TaskLife.checked(TaskLife.app, startPeriod: 20)],
            [
                .start("app"), .wait(5), .check("app", passes: true), .check("app", passes: false),
                .check("app", passes: false),
            ], "RUNNING UNHEALTHY | app RUNNING"),
        TaskLife(
            "the health of a container that is not essential is not the task's",
            [TaskLife.app, TaskLife.checked(TaskLife.side())],
            [.start("app"), .start("side"), .check("side", passes: false), .check("side", passes: false)],
            "RUNNING UNKNOWN | app RUNNING, side RUNNING"),
    ])
    func goesByItsChecks(_ life: TaskLife) throws { try expect(life) }

    private func expect(_ life: TaskLife) throws {
        var stage = ECSStage()
        try stage("CreateCluster")
        try stage(
            "RegisterTaskDefinition",
            stage.merged(ECSStage.taskDefinition, ["containerDefinitions": life.containers]))
        let arn = try stage.runTask()
        let task = try #require(stage.world.containers.tasks[arn])
        stage.tell(.prepared(TaskPlace(task: task.id, address: task.loopbackAddress)), arn)
        for step in life.steps {
            switch step {
            case .start(let name):
                let handle = ContainerHandle(
                    task: task.id, name: name, runtimeID: name, address: task.loopbackAddress)
                stage.tell(.started(container: name, handle), arn)
            case .end(let name, let exitCode):
                stage.tell(.ended(container: name, exitCode: exitCode, reason: nil), arn)
            case .check(let name, let passes): stage.tell(.checked(container: name, passed: passes), arn)
            case .cannotStart(let name, let reason): stage.tell(.failed(container: name, reason: reason), arn)
            case .wait(let seconds): stage.pass(seconds: seconds)
            }
        }
        #expect(try #require(stage.world.containers.tasks[arn]).outcome == life.outcome)
    }
}

extension TaskRecord {
    fileprivate var outcome: String {
        let reason = stopCode.map { " \($0.rawValue): \(stoppedReason ?? "")" } ?? ""
        let parts = containers.map { container in
            "\(container.name) \(container.lastStatus.rawValue)" + (container.exitCode.map { " \($0)" } ?? "")
        }
        return "\(lastStatus.rawValue) \(health.rawValue)\(reason) | \(parts.joined(separator: ", "))"
    }
}
