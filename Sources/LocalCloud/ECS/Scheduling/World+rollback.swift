import AttributeTree

/// Why a service goes back to an earlier revision.
enum RollbackCause: Sendable, Equatable {
    case breaker
    /// Somebody called `StopServiceDeployment`.
    case request
}

extension World {
    /// The circuit breaker has counted too many failures.
    mutating func trip(
        _ breaker: CircuitBreaker, of service: ServiceRecord, _ deployment: DeploymentRecord, at now: Moment
    ) {
        containers.services[service.arn]?.tell(.failed(deployment), at: now)
        containers.serviceDeployments[deployment.serviceDeploymentARN]?.isBreakerTriggered = true
        if breaker.rollsBack && !deployment.isRollback {
            rollBack(service, deployment, because: .breaker, at: now)
        } else {
            let status: ServiceDeploymentRecord.Status = deployment.isRollback ? .rollbackFailed : .stopped
            fail(deployment, of: service, .breaker, at: now)
            end(deployment, status, because: "The deployment circuit breaker threshold was exceeded.", at: now)
        }
    }

    /// Makes the last revision that was completely deployed the primary again. With none, nothing more is started.
    mutating func rollBack(
        _ service: ServiceRecord, _ deployment: DeploymentRecord, because cause: RollbackCause, at now: Moment
    ) {
        fail(deployment, of: service, cause, at: now)
        guard let revision = service.completedRevisionARN.flatMap({ containers.serviceRevisions[$0] }),
            revision.arn != deployment.serviceRevisionARN
        else {
            end(
                deployment, .rollbackFailed, because: "There is no completed service revision to roll back to.", at: now
            )
            return
        }
        let arn = deployment.serviceDeploymentARN
        containers.serviceDeployments[arn]?.status = .rollbackInProgress
        containers.serviceDeployments[arn]?.statusReason = cause.reason
        containers.serviceDeployments[arn]?.rollbackReason = cause.reason
        containers.serviceDeployments[arn]?.rollbackRevisionARN = revision.arn
        containers.serviceDeployments[arn]?.rollbackStartedAt = now
        containers.serviceDeployments[arn]?.updatedAt = now
        restore(revision, after: deployment, of: service.arn, because: cause, at: now)
    }

    /// Ends a deployment as `StopServiceDeployment` with `ABORT` asks: what runs goes on running.
    mutating func stopDeployment(_ service: ServiceRecord, _ deployment: DeploymentRecord, at now: Moment) {
        fail(deployment, of: service, .request, at: now)
        end(deployment, .stopped, because: "Service deployment was stopped by a user request.", at: now)
    }

    private mutating func restore(
        _ revision: ServiceRevisionRecord, after failed: DeploymentRecord, of arn: String,
        because cause: RollbackCause, at now: Moment
    ) {
        guard var service = containers.services[arn] else { return }
        var deployment: DeploymentRecord
        if let index = service.deployments.firstIndex(where: { $0.serviceRevisionARN == revision.arn }) {
            // Its tasks still run, and need not be replaced.
            deployment = service.deployments.remove(at: index)
        } else {
            deployment = failed
            deployment.id = "ecs-svc/" + DerivedID("rollback of \(failed.id)").decimal(19)
            deployment.taskDefinitionARN = revision.taskDefinitionARN
            deployment.serviceRevisionARN = revision.arn
            deployment.settings = revision.settings
            deployment.createdAt = now
            deployment.startedTasks = 0
        }
        deployment.status = .primary
        deployment.rolloutState = .inProgress
        deployment.rolloutStateReason = cause.rolloutReason(to: deployment)
        deployment.failedTasks = 0
        deployment.consecutiveFailures = 0
        deployment.nextStartAt = nil
        deployment.isRollback = true
        deployment.updatedAt = now
        deployment.serviceDeploymentARN = failed.serviceDeploymentARN
        for index in service.deployments.indices { service.deployments[index].status = .active }
        service.deployments.insert(deployment, at: 0)
        for member in ServiceRevisionRecord.deployedSettings {
            service.settings[member] = revision.settings[member]
        }
        service.tell(.rollingBack(to: deployment), at: now)
        containers.services[arn] = service
    }

    private mutating func fail(
        _ deployment: DeploymentRecord, of service: ServiceRecord, _ cause: RollbackCause, at now: Moment
    ) {
        guard let index = service.deployments.firstIndex(where: { $0.id == deployment.id }) else { return }
        containers.services[service.arn]?.deployments[index].rolloutState = .failed
        containers.services[service.arn]?.deployments[index].rolloutStateReason = cause.failure
        containers.services[service.arn]?.deployments[index].updatedAt = now
    }

    private mutating func end(
        _ deployment: DeploymentRecord, _ status: ServiceDeploymentRecord.Status, because reason: String, at now: Moment
    ) {
        let arn = deployment.serviceDeploymentARN
        containers.serviceDeployments[arn]?.status = status
        containers.serviceDeployments[arn]?.statusReason = reason
        containers.serviceDeployments[arn]?.finishedAt = now
        containers.serviceDeployments[arn]?.updatedAt = now
        if status == .stopped { containers.serviceDeployments[arn]?.stoppedAt = now }
    }
}

extension RollbackCause {
    fileprivate var failure: String {
        switch self {
        case .breaker: "ECS deployment circuit breaker: tasks failed to start."
        case .request: "ECS deployment was stopped by a user request."
        }
    }

    fileprivate var reason: String {
        switch self {
        case .breaker: "Service deployment rolled back because the circuit breaker threshold was exceeded."
        case .request: "Service deployment rolled back because of a user request."
        }
    }

    fileprivate func rolloutReason(to deployment: DeploymentRecord) -> String {
        switch self {
        case .breaker: "ECS deployment circuit breaker: rolling back to deploymentId \(deployment.id)."
        case .request: "ECS deployment: rolling back to deploymentId \(deployment.id)."
        }
    }
}

extension ServiceRevisionRecord {
    /// What a rollback brings back: all that makes tasks roll, and nothing else.
    fileprivate static let deployedSettings = [
        "taskDefinition", "launchType", "capacityProviderStrategy", "platformVersion", "loadBalancers",
        "serviceRegistries", "networkConfiguration", "serviceConnectConfiguration", "volumeConfigurations",
    ]
}
