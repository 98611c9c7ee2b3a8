extension World {
    /// Lets the scheduler look at a service: health is judged, failures lead to a rollback, tasks are started and
    /// stopped. Returns whether anything changed.
    mutating func advanceService(_ arn: String, tasks arns: [String], at now: Moment) -> Bool {
        var isChanged = false
        for task in arns where advanceTask(task, to: now) { isChanged = true }
        guard let service = containers.services[arn], service.status != .inactive else { return isChanged }
        beginServiceDeployment(of: service, at: now)
        if judgeHealth(of: service, tasks: arns, at: now) { isChanged = true }
        if giveUpDeployment(of: arn, at: now) { isChanged = true }
        if carryOutPlan(for: arn, tasks: arns, at: now) { isChanged = true }
        // Without those just started, which belong to a primary that is not complete.
        let tasks = arns.compactMap { containers.tasks[$0] }.filter { $0.lastStatus != .stopped }
        if settleDeployments(of: arn, tasks: tasks, at: now) { isChanged = true }
        return isChanged
    }

    private mutating func beginServiceDeployment(of service: ServiceRecord, at now: Moment) {
        guard let arn = service.primary?.serviceDeploymentARN,
            containers.serviceDeployments[arn]?.status == .pending
        else { return }
        containers.serviceDeployments[arn]?.status = .inProgress
        containers.serviceDeployments[arn]?.startedAt = now
        containers.serviceDeployments[arn]?.updatedAt = now
    }

    /// Notes who is healthy for the first time, and stops who never was and will not be.
    private mutating func judgeHealth(of service: ServiceRecord, tasks: [String], at now: Moment) -> Bool {
        var isChanged = false
        for arn in tasks {
            guard let task = containers.tasks[arn], task.isWanted else { continue }
            switch condition(of: task, gracePeriod: service.gracePeriod, at: now) {
            case .starting, .waiting: continue
            case .healthy where !task.hasBeenHealthy:
                containers.tasks[arn]?.hasBeenHealthy = true
                forgetFailures(of: task)
                isChanged = true
            case .healthy: continue
            case .unhealthy(let cause):
                containers.services[service.arn]?.tellOnce(.unhealthy(task, because: cause), at: now)
                guard !task.hasBeenHealthy else { continue }
                stopTask(arn, .unhealthy(cause), at: now)
                containers.services[service.arn]?.tell(.stopped([task]), at: now)
                isChanged = true
            }
        }
        return isChanged
    }

    private mutating func forgetFailures(of task: TaskRecord) {
        guard let arn = task.serviceARN, let service = containers.services[arn],
            let index = service.deployments.firstIndex(where: { $0.id == task.startedBy })
        else { return }
        let deployment = service.deployments[index]
        guard deployment.consecutiveFailures > 0 || deployment.failedTasks > 0 else { return }
        containers.services[arn]?.deployments[index].consecutiveFailures = 0
        containers.services[arn]?.deployments[index].nextStartAt = nil
        guard CircuitBreaker(service.settings["deploymentConfiguration"]).resetsOnHealthyTask else { return }
        containers.services[arn]?.deployments[index].failedTasks = 0
        if deployment.rolloutState == .inProgress {
            containers.serviceDeployments[deployment.serviceDeploymentARN]?.failureCount = 0
        }
    }

    private mutating func giveUpDeployment(of arn: String, at now: Moment) -> Bool {
        guard let service = containers.services[arn], service.status == .active, let primary = service.primary,
            primary.rolloutState == .inProgress
        else { return false }
        switch containers.serviceDeployments[primary.serviceDeploymentARN]?.status {
        case .rollbackRequested: rollBack(service, primary, because: .request, at: now)
        case .stopRequested: stopDeployment(service, primary, at: now)
        case .pending, .inProgress, .successful, .stopped, .rollbackInProgress, .rollbackSuccessful, .rollbackFailed,
            nil:
            let breaker = CircuitBreaker(service.settings["deploymentConfiguration"])
            guard breaker.isTriggered(failedTasks: primary.failedTasks, desired: service.wantedCount) else {
                return false
            }
            trip(breaker, of: service, primary, at: now)
        }
        return true
    }
}

extension ServiceEventText {
    fileprivate static func unhealthy(_ task: TaskRecord, because cause: TaskCondition.Cause) -> Self {
        switch cause {
        case .containers: .failedContainerChecks(task)
        case .target(let registration, let reason):
            .unhealthy(port: registration.port, in: registration.targetGroupARN, because: reason)
        }
    }
}
