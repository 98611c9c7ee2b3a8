import AttributeTree

/// How long the states of a task last in which nothing is to be waited for, in seconds: long enough to be seen.
enum TaskLifecycle {
    static let activation = 0.25
    static let deprovisioning = 0.25
    /// For so long, a stopped task is still told of.
    static let memory = 3600.0
}

extension World {
    /// Lets time pass for a task: what is due happens. Returns whether anything did.
    mutating func advanceTask(_ arn: String, to now: Moment) -> Bool {
        guard var task = containers.tasks[arn] else { return false }
        let hasDueChecks = dueChecks(of: &task, at: now)
        let hasMoved = leaveState(of: &task, at: now)
        guard hasDueChecks || hasMoved else { return failOverdue(task, at: now) }
        containers.tasks[arn] = task
        return true
    }

    private func dueChecks(of task: inout TaskRecord, at now: Moment) -> Bool {
        var isChanged = false
        for index in task.containers.indices {
            guard let next = task.containers[index].nextCheckAt, next <= now, !task.containers[index].isCheckDue else {
                continue
            }
            task.containers[index].isCheckDue = true
            isChanged = true
        }
        return isChanged
    }

    private mutating func leaveState(of task: inout TaskRecord, at now: Moment) -> Bool {
        switch task.lastStatus {
        case .activating where now >= task.lastStatusAt + TaskLifecycle.activation:
            registerTargets(of: &task, at: now)
            task.enter(.running, at: now)
            task.startedAt = now
        case .deactivating where !isDraining(task):
            task.enter(.stopping, at: now)
        case .deprovisioning where now >= task.lastStatusAt + TaskLifecycle.deprovisioning:
            task.enter(.stopped, at: now)
            task.stoppedAt = now
            releaseLoopbackAddress(task.loopbackAddress)
        case .provisioning, .pending, .activating, .running, .deactivating, .stopping, .deprovisioning, .stopped:
            return false
        }
        return true
    }

    private mutating func registerTargets(of task: inout TaskRecord, at now: Moment) {
        for index in task.registrations.indices {
            let registration = task.registrations[index]
            registerTarget(
                registration.targetGroupARN, address: task.address(of: registration.containerName),
                port: registration.port, zone: task.zone, at: now)
            task.registrations[index].isRegistered = true
            if let service = task.serviceARN {
                containers.services[service]?.tell(.registered(1, in: registration.targetGroupARN), at: now)
            }
        }
    }

    /// A container that waited too long for those it depends on: the task does not start.
    private mutating func failOverdue(_ task: TaskRecord, at now: Moment) -> Bool {
        guard let overdue = startDeadline(of: task), overdue.due <= now else { return false }
        stopTask(task.arn, .dependency(overdue.container, "has timed out"), at: now)
        return true
    }

    /// Until when a container has to be what another one waits for: the first that is due.
    private func startDeadline(of task: TaskRecord) -> (container: String, due: Moment)? {
        guard task.lastStatus == .pending, task.isWanted else { return nil }
        let definitions = containerDefinitions(of: task.taskDefinitionARN)
        return definitions.compactMap { definition -> (container: String, due: Moment)? in
            guard let timeout = definition.startTimeout,
                let container = task.containers.first(where: { $0.name == definition.name }),
                container.lastStatus == .running,
                definitions.contains(where: { other in
                    other.dependsOn.contains { $0.container == definition.name && !task.meets($0) }
                })
            else { return nil }
            return container.startedAt.map { (definition.name, $0 + timeout) }
        }.min { $0.due < $1.due }
    }

    /// When something is due by itself.
    func nextChange(of task: TaskRecord, after now: Moment) -> Moment? {
        var due = task.containers.compactMap { $0.isCheckDue ? nil : $0.nextCheckAt }
        switch task.lastStatus {
        case .activating: due.append(task.lastStatusAt + TaskLifecycle.activation)
        case .deprovisioning: due.append(task.lastStatusAt + TaskLifecycle.deprovisioning)
        case .stopped: due.append(task.lastStatusAt + TaskLifecycle.memory)
        case .pending: if let deadline = startDeadline(of: task)?.due { due.append(deadline) }
        case .running:
            if let service = task.serviceARN.flatMap({ containers.services[$0] }) {
                due.append(task.lastStatusAt + service.gracePeriod)
                due.append(task.lastStatusAt + TaskCondition.uncheckedDelay)
            }
        case .provisioning, .deactivating, .stopping: break
        }
        return due.filter { $0 > now }.min()
    }
}

extension TaskRecord {
    /// Whether a container is as far as another one needs it to be.
    func meets(_ dependency: ContainerDefinition.Dependency) -> Bool {
        guard let container = containers.first(where: { $0.name == dependency.container }) else { return true }
        return switch dependency.condition {
        case .start: container.lastStatus != .pending
        case .complete: container.lastStatus == .stopped
        case .success: container.lastStatus == .stopped && container.exitCode == 0
        case .healthy: container.lastStatus == .running && container.health == .healthy
        }
    }

    /// Whether a container will never be as far as another one needs it to be.
    func cannotMeet(_ dependency: ContainerDefinition.Dependency) -> Bool {
        guard let container = containers.first(where: { $0.name == dependency.container }) else { return false }
        return switch dependency.condition {
        case .start, .complete: false
        case .success: container.lastStatus == .stopped && container.exitCode != 0
        case .healthy: container.lastStatus == .stopped || container.health == .unhealthy
        }
    }
}

extension ServiceRecord {
    /// In seconds.
    var gracePeriod: Double { Double(settings["healthCheckGracePeriodSeconds"]?.intValue ?? 0) }
}
