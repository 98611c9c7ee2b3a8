import AttributeTree
import TaskRunning
import Testing

@testable import LocalCloud

extension ECSStage {
    /// A call of `RunTask` for a Fargate task of `web`, with further members or others.
    func launch(_ members: AttributeValue = [:]) -> AttributeValue {
        merged(["taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": network], members)
    }

    /// Runs one task, and returns its ARN.
    mutating func runTask(_ members: AttributeValue = [:]) throws -> String {
        let answer = try self("RunTask", launch(members))
        return try #require(answer["tasks"]?[0]?["taskArn"]?.stringValue)
    }

    mutating func describeTask(_ arn: String, tags: Bool = false) throws -> AttributeValue {
        let include: AttributeValue = tags ? ["TAGS"] : []
        let answer = try self("DescribeTasks", ["tasks": [.string(arn)], "include": include])
        return try #require(answer["tasks"]?[0])
    }

    /// Lets all containers of a task start, and the task run.
    mutating func startContainers(of arn: String) throws {
        let task = try #require(world.containers.tasks[arn])
        tell(.prepared(TaskPlace(task: task.id, address: task.loopbackAddress)), arn)
        for container in task.containers {
            let handle = ContainerHandle(
                task: task.id, name: container.name, runtimeID: "\(task.id)-1", address: task.loopbackAddress)
            tell(.started(container: container.name, handle), arn)
        }
        pass(seconds: 1)
    }

    /// Lets all containers of a task end, and nothing be left of it.
    mutating func endContainers(of arn: String, exitCode: Int) throws {
        let task = try #require(world.containers.tasks[arn])
        for container in task.containers {
            tell(.ended(container: container.name, exitCode: exitCode, reason: nil), arn)
        }
        tell(.removed, arn)
        pass(seconds: 1)
    }

    /// Lets something happen to a task, and a second pass.
    mutating func tell(_ event: TaskEvent, _ arn: String) {
        world.record(event, ofTask: arn, at: now)
        pass(seconds: 1)
    }
}
