import TaskRunning

/// How a task of a service is, as its scheduler sees it.
enum TaskCondition: Sendable, Equatable {
    /// On its way to RUNNING.
    case starting
    /// RUNNING, and not yet known to be healthy.
    case waiting
    case healthy
    case unhealthy(Cause)

    enum Cause: Sendable, Equatable {
        case containers
        case target(TaskRecord.Registration, reason: String)
    }

    /// In seconds after RUNNING: from then on, a task that nothing checks counts as healthy.
    static let uncheckedDelay = 40.0
}

extension World {
    /// What the scheduler goes by, of a task that is wanted.
    ///
    /// A task with targets is healthy when all of them are; one with container health checks, when all that count pass;
    /// one that nothing checks, 40 seconds after it began to run. Failures do not count in the grace period.
    func condition(of task: TaskRecord, gracePeriod: Double, at now: Moment) -> TaskCondition {
        guard task.lastStatus == .running, let startedAt = task.startedAt else { return .starting }
        let isInGrace = now < startedAt + gracePeriod
        var isChecked = false
        var isHealthy = true
        if checksHealth(of: task) {
            isChecked = true
            if task.health == .unhealthy, !isInGrace { return .unhealthy(.containers) }
            isHealthy = task.health == .healthy
        }
        for registration in task.registrations {
            let address = task.address(of: registration.containerName)
            let state = targetState(registration.targetGroupARN, address: address, port: registration.port)
            isChecked = true
            switch state {
            case .healthy: break
            case .unhealthy(let reason) where !isInGrace: return .unhealthy(.target(registration, reason: reason))
            // A target group that no load balancer uses tells nothing of a task that was healthy before, and neither does
            // a load balancer that has begun again, and not asked yet.
            case .initial, .unused, nil: isHealthy = isHealthy && task.hasBeenHealthy
            case .draining, .unhealthy: isHealthy = false
            }
        }
        if !isChecked { isHealthy = now >= startedAt + TaskCondition.uncheckedDelay }
        return isHealthy ? .healthy : .waiting
    }

    /// Whether a container that the task cannot do without has a health check.
    func checksHealth(of task: TaskRecord) -> Bool {
        containerDefinitions(of: task.taskDefinitionARN).contains { $0.isEssential && $0.healthCheck != nil }
    }
}

extension TaskRecord {
    /// At which the ports of a container are reached.
    func address(of container: String) -> String {
        containers.first { $0.name == container }?.handle?.address ?? address
    }

    /// Its own.
    var address: String { place?.address ?? containers.lazy.compactMap(\.handle).first?.address ?? loopbackAddress }
}
