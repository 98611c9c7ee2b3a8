import AttributeTree
import TaskRunning

/// Something that has to be done with a container or a task for the world to be as it says.
///
/// It follows from the world alone, so that a supervisor which begins again finds it again.
enum TaskWork: Sendable {
    case prepare(task: String, TaskPlace.Request)
    case start(task: String, ContainerSpecification, TaskPlace)
    /// The container cannot be started: what it needs is not there.
    case refuse(task: String, container: String, reason: String)
    case check(task: String, ContainerHandle, command: [String], timeout: Duration)
    case stop(task: String, ContainerHandle, grace: Duration)
    case remove(task: String, TaskPlace?)

    /// What is the same work as long as the task and what is done with it are the same.
    struct ID: Sendable, Hashable {
        var task: String
        var container: String?
        var verb: Verb
    }

    enum Verb: Sendable, Hashable { case prepare, start, check, stop, remove }

    var id: ID {
        switch self {
        case .prepare(let task, _): ID(task: task, verb: .prepare)
        case .start(let task, let container, _): ID(task: task, container: container.name, verb: .start)
        case .refuse(let task, let container, _): ID(task: task, container: container, verb: .start)
        case .check(let task, let container, _, _): ID(task: task, container: container.name, verb: .check)
        case .stop(let task, let container, _): ID(task: task, container: container.name, verb: .stop)
        case .remove(let task, _): ID(task: task, verb: .remove)
        }
    }
}

extension World {
    /// Everything that has to be done with tasks now.
    var taskWork: [TaskWork] {
        containers.tasks.values.filter { $0.lastStatus < .deprovisioning }.flatMap(work)
    }

    private func work(of task: TaskRecord) -> [TaskWork] {
        switch task.lastStatus {
        case .provisioning:
            let request = TaskPlace.Request(task: task.id, loopbackAddress: task.loopbackAddress)
            return [.prepare(task: task.arn, request)]
        case .pending: return starts(of: task) + checks(of: task)
        case .activating, .running: return checks(of: task)
        case .stopping: return ends(of: task)
        case .deactivating, .deprovisioning, .stopped: return []
        }
    }

    /// Those containers whose dependencies are as far as they have to be.
    private func starts(of task: TaskRecord) -> [TaskWork] {
        guard let place = task.place, task.isWanted else { return [] }
        return containerDefinitions(of: task.taskDefinitionARN).compactMap { definition in
            guard let container = task.containers.first(where: { $0.name == definition.name }),
                container.lastStatus == .pending, container.handle == nil,
                definition.dependsOn.allSatisfy(task.meets)
            else { return nil }
            do throws(MissingNeed) {
                return .start(task: task.arn, try specification(of: definition, in: task), place)
            } catch {
                return .refuse(task: task.arn, container: definition.name, reason: error.reason)
            }
        }
    }

    private func checks(of task: TaskRecord) -> [TaskWork] {
        guard task.containers.contains(where: \.isCheckDue) else { return [] }
        return containerDefinitions(of: task.taskDefinitionARN).compactMap { definition in
            guard let check = definition.healthCheck,
                let container = task.containers.first(where: { $0.name == definition.name }), container.isCheckDue,
                let handle = container.handle
            else { return nil }
            return .check(task: task.arn, handle, command: check.command, timeout: .seconds(check.timeout))
        }
    }

    /// A container ends before those it depends on; when all have ended, nothing is to be left of the task.
    private func ends(of task: TaskRecord) -> [TaskWork] {
        let running = task.containers.filter { $0.lastStatus == .running }
        guard !running.isEmpty else { return [.remove(task: task.arn, task.place)] }
        let definitions = containerDefinitions(of: task.taskDefinitionARN)
        return running.compactMap { container in
            let isNeeded = definitions.contains { other in
                other.dependsOn.contains { $0.container == container.name }
                    && running.contains { $0.name == other.name }
            }
            guard !isNeeded, let handle = container.handle else { return nil }
            let grace = definitions.first { $0.name == container.name }?.stopTimeout ?? 30
            return .stop(task: task.arn, handle, grace: .seconds(grace))
        }
    }
}
