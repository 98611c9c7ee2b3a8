import AttributeTree

extension World {
    /// Starts a deployment of what the settings of a service say. It becomes the primary; one that is in progress is
    /// given up.
    mutating func startDeployment(of service: inout ServiceRecord, at now: Moment, ids: IDSource) {
        let number = ids.decimal(19)
        let sources = service.deployments.map(\.serviceRevisionARN)
        let revision = ServiceRevisionRecord(
            arn: account.arn("ecs", "service-revision/\(service.path)/\(number)"), serviceARN: service.arn,
            clusterARN: service.clusterARN, taskDefinitionARN: service.settings["taskDefinition"]?.stringValue ?? "",
            settings: service.settings, createdAt: now)
        let deployment = ServiceDeploymentRecord(
            arn: account.arn("ecs", "service-deployment/\(service.path)/\(ids.hex(21))"), serviceARN: service.arn,
            clusterARN: service.clusterARN, status: .pending, createdAt: now, updatedAt: now,
            sourceRevisionARNs: sources, targetRevisionARN: revision.arn,
            deploymentConfiguration: Document(service.settings["deploymentConfiguration"] ?? [:]),
            failureCount: 0, isBreakerTriggered: false)
        supersedeDeployments(of: &service, at: now)
        service.deployments.insert(
            DeploymentRecord(
                id: "ecs-svc/\(number)", status: .primary, rolloutState: .inProgress,
                rolloutStateReason: "ECS deployment ecs-svc/\(number) in progress.",
                taskDefinitionARN: revision.taskDefinitionARN, settings: service.settings,
                desiredCount: service.desiredCount, createdAt: now, updatedAt: now, failedTasks: 0,
                isRollback: false, serviceDeploymentARN: deployment.arn, serviceRevisionARN: revision.arn),
            at: 0)
        containers.serviceRevisions[revision.arn] = revision
        containers.serviceDeployments[deployment.arn] = deployment
        forgetDeployments(of: service, at: now)
    }

    /// AWS tells of what was deployed in the last 90 days; here, of a hundred deployments of a service that have ended.
    private mutating func forgetDeployments(of service: ServiceRecord, at now: Moment) {
        let inUse = Set(service.deployments.map(\.serviceDeploymentARN))
        let ended = containers.serviceDeployments.values.filter {
            $0.serviceARN == service.arn && $0.status.isFinal && !inUse.contains($0.arn)
        }
        let forgotten = Set(
            ended.enumerated().filter { position, deployment in
                position < ended.count - 100 || now - deployment.createdAt > 90 * 86400
            }.map(\.element.arn))
        guard !forgotten.isEmpty else { return }
        containers.serviceDeployments.removeAll { forgotten.contains($0.arn) }
        var revisions = Set(service.deployments.map(\.serviceRevisionARN))
        if let completed = service.completedRevisionARN { revisions.insert(completed) }
        for deployment in containers.serviceDeployments.values where deployment.serviceARN == service.arn {
            revisions.formUnion(deployment.sourceRevisionARNs + [deployment.targetRevisionARN])
            if let rollback = deployment.rollbackRevisionARN { revisions.insert(rollback) }
        }
        containers.serviceRevisions.removeAll { $0.serviceARN == service.arn && !revisions.contains($0.arn) }
    }

    /// The primary makes way, and what it was about to do is not done.
    private mutating func supersedeDeployments(of service: inout ServiceRecord, at now: Moment) {
        for index in service.deployments.indices where service.deployments[index].status == .primary {
            service.deployments[index].status = .active
            service.deployments[index].updatedAt = now
            stopServiceDeployment(
                service.deployments[index].serviceDeploymentARN, because: "Superseded by a new service deployment.",
                at: now)
        }
    }

    /// Ends a service deployment that is still going on; one that has ended stays as it is.
    mutating func stopServiceDeployment(_ arn: String, because reason: String, at now: Moment) {
        guard var deployment = containers.serviceDeployments[arn], !deployment.status.isFinal else { return }
        deployment.status = .stopped
        deployment.statusReason = reason
        deployment.stoppedAt = now
        deployment.finishedAt = now
        deployment.updatedAt = now
        containers.serviceDeployments[arn] = deployment
    }
}

extension ServiceDeploymentRecord.Status {
    /// Whether nothing more will come of it.
    var isFinal: Bool {
        switch self {
        case .successful, .stopped, .rollbackSuccessful, .rollbackFailed: true
        case .pending, .inProgress, .stopRequested, .rollbackRequested, .rollbackInProgress: false
        }
    }
}
