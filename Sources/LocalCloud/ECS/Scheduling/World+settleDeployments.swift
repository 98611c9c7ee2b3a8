extension World {
    /// Lets go of what has ended: superseded deployments without tasks, a deployment that is complete, a deleted
    /// service whose tasks are gone. Returns whether there was any.
    ///
    /// - Parameter tasks: those of the service that have not stopped.
    mutating func settleDeployments(of arn: String, tasks: [TaskRecord], at now: Moment) -> Bool {
        guard var service = containers.services[arn] else { return false }
        let before = service
        service.deployments.removeAll { deployment in
            deployment.status != .primary && !tasks.contains { $0.startedBy == deployment.id }
        }
        for index in service.deployments.indices {
            let deployment = service.deployments[index]
            service.deployments[index].desiredCount =
                deployment.status == .primary
                ? service.wantedCount : tasks.count { $0.isWanted && $0.startedBy == deployment.id }
        }
        switch service.status {
        case .active: settle(&service, tasks: tasks, at: now)
        case .draining where tasks.isEmpty: retire(&service, at: now)
        case .draining, .inactive: break
        }
        guard service.differs(from: before) else { return false }
        containers.services[arn] = service
        return true
    }

    /// Complete: as many as wanted are healthy, all of the primary, and nothing of others is left.
    private mutating func settle(_ service: inout ServiceRecord, tasks: [TaskRecord], at now: Moment) {
        guard let index = service.deployments.firstIndex(where: { $0.status == .primary }) else { return }
        let primary = service.deployments[index]
        let wanted = tasks.filter(\.isWanted)
        let isComplete =
            wanted.count == service.wantedCount && service.deployments.count == 1
            && wanted.allSatisfy {
                condition(of: $0, gracePeriod: service.gracePeriod, at: now) == .healthy && $0.startedBy == primary.id
            }
        if isComplete, primary.rolloutState == .inProgress { complete(primary, of: &service, at: now) }
        let isSteady =
            isComplete && tasks.count == wanted.count && service.deployments[index].rolloutState == .completed
        if isSteady, !service.isSteady { service.tell(.steady, at: now) }
        service.isSteady = isSteady
    }

    private mutating func complete(
        _ deployment: DeploymentRecord, of service: inout ServiceRecord, at now: Moment
    ) {
        guard let index = service.deployments.firstIndex(where: { $0.id == deployment.id }) else { return }
        service.deployments[index].rolloutState = .completed
        service.deployments[index].rolloutStateReason = "ECS deployment \(deployment.id) completed."
        service.deployments[index].updatedAt = now
        service.completedRevisionARN = deployment.serviceRevisionARN
        service.tell(.completed(deployment), at: now)
        let arn = deployment.serviceDeploymentARN
        containers.serviceDeployments[arn]?.status = deployment.isRollback ? .rollbackSuccessful : .successful
        containers.serviceDeployments[arn]?.finishedAt = now
        containers.serviceDeployments[arn]?.updatedAt = now
    }

    private mutating func retire(_ service: inout ServiceRecord, at now: Moment) {
        for deployment in service.deployments {
            stopServiceDeployment(deployment.serviceDeploymentARN, because: "The service was deleted.", at: now)
        }
        service.deployments = []
        service.status = .inactive
        service.inactiveSince = now
    }
}

extension ServiceRecord {
    /// In what ``World/settleDeployments(of:tasks:at:)`` changes.
    fileprivate func differs(from other: Self) -> Bool {
        status != other.status || isSteady != other.isSteady || deployments.count != other.deployments.count
            || zip(deployments, other.deployments).contains {
                $0.desiredCount != $1.desiredCount || $0.rolloutState != $1.rolloutState
            }
    }
}
