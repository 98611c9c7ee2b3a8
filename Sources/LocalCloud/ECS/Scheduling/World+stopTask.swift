import AttributeTree

/// Why a task is stopped.
struct StopCause: Sendable, Equatable {
    var code: TaskRecord.StopCode
    var reason: String
    /// Whether the task is to blame: what a circuit breaker counts.
    var isFailure = false

    static func scaling(_ deployment: DeploymentRecord) -> Self {
        Self(code: .serviceScheduler, reason: "Scaling activity initiated by (deployment \(deployment.id))")
    }

    static func unhealthy(_ cause: TaskCondition.Cause) -> Self {
        switch cause {
        case .containers:
            Self(code: .serviceScheduler, reason: "Task failed container health checks", isFailure: true)
        case .target(let registration, _):
            Self(
                code: .serviceScheduler,
                reason: "Task failed ELB health checks in (target-group \(registration.targetGroupARN))",
                isFailure: true)
        }
    }

    static let essentialContainerExited = Self(
        code: .essentialContainerExited, reason: "Essential container in task exited", isFailure: true)

    static func failedToStart(_ reason: String) -> Self {
        Self(code: .failedToStart, reason: reason, isFailure: true)
    }

    /// A container that others depend on did not become what they wait for: in the words of ECS's agent.
    static func dependency(_ container: String, _ end: String) -> Self {
        failedToStart(
            "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency "
                + "[\(container)] as dependency \(end).")
    }

    static func user(_ reason: String?) -> Self {
        Self(code: .userInitiated, reason: reason ?? "Task stopped by user")
    }
}

extension World {
    /// Begins to stop a task: its targets are deregistered, and when they have drained its containers are ended. Does
    /// nothing to a task that is being stopped.
    mutating func stopTask(_ arn: String, _ cause: StopCause, at now: Moment) {
        guard var task = containers.tasks[arn], task.isWanted else { return }
        task.isWanted = false
        task.stopCode = cause.code
        task.stoppedReason = cause.reason
        task.stoppingAt = now
        let wasServing = task.lastStatus == .running && cause.code != .essentialContainerExited
        for group in deregisterTargets(of: &task, at: now) {
            if let service = task.serviceARN {
                containers.services[service]?.tell(.deregistered(1, in: group), at: now)
            }
        }
        task.enter(wasServing && isDraining(task) ? .deactivating : .stopping, at: now)
        containers.tasks[arn] = task
        if cause.isFailure { countFailure(of: task, at: now) }
    }

    /// Whether a target of the task has requests left that it may finish.
    func isDraining(_ task: TaskRecord) -> Bool {
        task.registrations.contains { registration in
            let address = task.address(of: registration.containerName)
            return targetState(registration.targetGroupARN, address: address, port: registration.port) == .draining
        }
    }

    /// Returns the target groups that it was registered in.
    private mutating func deregisterTargets(of task: inout TaskRecord, at now: Moment) -> [String] {
        var groups: [String] = []
        for index in task.registrations.indices where task.registrations[index].isRegistered {
            let registration = task.registrations[index]
            let address = task.address(of: registration.containerName)
            deregisterTarget(registration.targetGroupARN, address: address, port: registration.port, at: now)
            task.registrations[index].isRegistered = false
            groups.append(registration.targetGroupARN)
        }
        return groups
    }

    private mutating func countFailure(of task: TaskRecord, at now: Moment) {
        guard let arn = task.serviceARN, var service = containers.services[arn],
            let index = service.deployments.firstIndex(where: { $0.id == task.startedBy })
        else { return }
        var deployment = service.deployments[index]
        deployment.failedTasks += 1
        deployment.consecutiveFailures += 1
        deployment.updatedAt = now
        let delay = StartBackoff.delay(
            afterFailures: deployment.consecutiveFailures, desired: service.wantedCount)
        if let delay {
            deployment.nextStartAt = now + delay
            service.tellOnce(.backingOff, at: now)
        }
        service.deployments[index] = deployment
        containers.services[arn] = service
        if deployment.rolloutState == .inProgress {
            containers.serviceDeployments[deployment.serviceDeploymentARN]?.failureCount = deployment.failedTasks
        }
    }
}

extension TaskRecord {
    /// Goes on to a state.
    mutating func enter(_ status: Status, at now: Moment) {
        lastStatus = status
        lastStatusAt = now
        version += 1
    }
}

extension ServiceRecord {
    /// How many tasks it should have now: none once it is deleted, one as a daemon, for this machine is one instance.
    var wantedCount: Int {
        guard status == .active else { return 0 }
        return settings["schedulingStrategy"]?.stringValue == "DAEMON" ? 1 : desiredCount
    }
}
