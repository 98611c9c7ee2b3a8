package import TaskRunning

/// What becomes of a task, as whoever runs its containers tells it.
package enum TaskEvent: Sendable, Hashable {
    /// Its containers can be started there.
    case prepared(TaskPlace)
    case started(container: String, ContainerHandle)
    /// - exitCode: 128 + n after signal n; `nil` when it is not known.
    case ended(container: String, exitCode: Int?, reason: String?)
    case checked(container: String, passed: Bool)
    /// It cannot be started: because of one container, or because of something they all need.
    case failed(container: String?, reason: String)
    /// Nothing is left of it.
    case removed
}

extension World {
    /// Takes in what happened to a task. What is said of a task that is gone, or twice, is passed over.
    package mutating func record(_ event: TaskEvent, ofTask arn: String, at now: Moment) {
        guard let task = containers.tasks[arn], task.lastStatus < .deprovisioning else { return }
        switch event {
        case .prepared(let place): prepared(task, place, at: now)
        case .started(let name, let handle): started(task, name, handle, at: now)
        case .ended(let name, let exitCode, let reason): ended(task, name, exitCode, reason, at: now)
        case .checked(let name, let passed): checked(task, name, passed, at: now)
        case .failed(let name, let reason):
            if let name { containers.tasks[arn]?.update(name) { $0.reason = reason } }
            stopTask(arn, .failedToStart(reason), at: now)
        case .removed: removed(task, at: now)
        }
    }

    private mutating func prepared(_ task: TaskRecord, _ place: TaskPlace, at now: Moment) {
        var task = task
        task.place = place
        task.pullStartedAt = now
        task.version += 1
        if task.lastStatus == .provisioning { task.enter(.pending, at: now) }
        containers.tasks[task.arn] = task
    }

    private mutating func started(_ task: TaskRecord, _ name: String, _ handle: ContainerHandle, at now: Moment) {
        let check = containerDefinitions(of: task.taskDefinitionARN).first { $0.name == name }?.healthCheck
        var task = task
        task.update(name) { container in
            container.handle = handle
            // It may have ended before its start could be told.
            guard container.lastStatus == .pending else { return }
            container.lastStatus = .running
            container.startedAt = now
            container.nextCheckAt = check.map { now + $0.interval }
        }
        if task.pullStoppedAt == nil { task.pullStoppedAt = now }
        if task.lastStatus == .pending, task.containers.allSatisfy({ $0.lastStatus != .pending }) {
            task.enter(.activating, at: now)
        }
        containers.tasks[task.arn] = task
    }

    private mutating func ended(
        _ task: TaskRecord, _ name: String, _ exitCode: Int?, _ reason: String?, at now: Moment
    ) {
        guard task.containers.contains(where: { $0.name == name && $0.lastStatus != .stopped }) else { return }
        var task = task
        task.update(name) { $0.end(exitCode: exitCode, reason: reason, at: now) }
        containers.tasks[task.arn] = task
        guard task.isWanted else { return }
        let definitions = containerDefinitions(of: task.taskDefinitionARN)
        if definitions.first(where: { $0.name == name })?.isEssential ?? true {
            stopTask(task.arn, .essentialContainerExited, at: now)
        } else if task.lastStatus == .pending,
            definitions.flatMap(\.dependsOn).contains(where: { $0.container == name && task.cannotMeet($0) })
        {
            stopTask(task.arn, .dependency(name, "did not exit successfully"), at: now)
        } else if task.containers.allSatisfy({ $0.lastStatus == .stopped }) {
            stopTask(task.arn, .essentialContainerExited, at: now)
        }
    }

    private mutating func checked(_ task: TaskRecord, _ name: String, _ passed: Bool, at now: Moment) {
        let definitions = containerDefinitions(of: task.taskDefinitionARN)
        guard let check = definitions.first(where: { $0.name == name })?.healthCheck else { return }
        var task = task
        task.update(name) { $0.record(passed: passed, of: check, at: now) }
        let checked = definitions.filter { $0.isEssential && $0.healthCheck != nil }.map(\.name)
        task.health = .combined(task.containers.filter { checked.contains($0.name) }.map(\.health))
        containers.tasks[task.arn] = task
        guard task.isWanted else { return }
        if definitions.flatMap(\.dependsOn).contains(where: { $0.container == name && task.cannotMeet($0) }),
            task.lastStatus == .pending
        {
            stopTask(task.arn, .dependency(name, "is unhealthy"), at: now)
        }
    }

    private mutating func removed(_ task: TaskRecord, at now: Moment) {
        var task = task
        for name in task.containers.map(\.name) {
            task.update(name) { $0.end(exitCode: $0.exitCode, reason: $0.reason, at: now) }
        }
        task.executionStoppedAt = now
        task.enter(.deprovisioning, at: now)
        containers.tasks[task.arn] = task
    }
}

extension TaskRecord {
    mutating func update(_ container: String, _ body: (inout ContainerRecord) -> Void) {
        guard let index = containers.firstIndex(where: { $0.name == container }) else { return }
        body(&containers[index])
        version += 1
    }
}

extension TaskRecord.Health {
    /// Of a whole whose parts are these.
    static func combined(_ parts: [Self]) -> Self {
        if parts.contains(.unhealthy) { return .unhealthy }
        return parts.isEmpty || parts.contains(.unknown) ? .unknown : .healthy
    }
}

extension ContainerRecord {
    /// Failures count from the end of the start period, unless a check has passed before.
    fileprivate mutating func record(
        passed: Bool, of check: ContainerDefinition.HealthCheck, at now: Moment
    ) {
        isCheckDue = false
        guard lastStatus == .running else { return }
        nextCheckAt = now + check.interval
        if passed {
            failedChecks = 0
            health = .healthy
            return
        }
        let isStarting = health == .unknown && startedAt.map { now < $0 + check.startPeriod } ?? false
        if isStarting { return }
        failedChecks += 1
        if failedChecks >= check.retries { health = .unhealthy }
    }

    fileprivate mutating func end(exitCode: Int?, reason: String?, at now: Moment) {
        guard lastStatus != .stopped else { return }
        self.exitCode = exitCode
        self.reason = reason ?? self.reason
        lastStatus = .stopped
        endedAt = now
        nextCheckAt = nil
        isCheckDue = false
    }
}
