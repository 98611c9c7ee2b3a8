import AttributeTree

extension World {
    /// A service with its tags, as a call that changes it answers.
    func describe(_ service: ServiceRecord) -> AttributeValue {
        var description = service.description(in: self, TaskCounts(self))
        if !service.tags.values.isEmpty { description["tags"] = service.tags.list(.lower) }
        return description
    }
}

extension ServiceRecord {
    /// A deleted service can be described for an hour.
    func isRemembered(at now: Moment) -> Bool {
        guard let inactiveSince else { return true }
        return now - inactiveSince < 3600
    }

    func description(in world: World, _ counts: TaskCounts) -> AttributeValue {
        let tasks = counts.ofServices[arn, default: .none]
        var answer = settings.value
        for member in ["role", "serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations"] {
            answer[member] = nil
        }
        answer["monitoring"] = nil
        answer["serviceArn"] = .string(arn)
        answer["serviceName"] = .string(name)
        answer["clusterArn"] = .string(clusterARN)
        answer["status"] = .string(status.rawValue)
        answer["runningCount"] = .int(tasks.running)
        answer["pendingCount"] = .int(tasks.pending)
        answer["createdAt"] = .time(createdAt)
        answer["createdBy"] = .string(createdBy)
        answer["roleArn"] = roleARN(in: world.account)
        answer["deployments"] = .list(shownDeployments.map { $0.description(counts) })
        answer["currentServiceDeployment"] = primary.map { .string($0.serviceDeploymentARN) }
        answer["currentServiceRevisions"] = .list(shownDeployments.map { $0.revisionSummary(counts) })
        answer["events"] = .list(
            events.map {
                ["id": .string($0.id), "createdAt": .time($0.createdAt), "message": .string($0.message)]
            })
        answer["resourceManagementType"] = "CUSTOMER"
        return answer
    }

    private var shownDeployments: [DeploymentRecord] { deployments.filter { $0.status != .inactive } }

    /// The role that was given, or the one that ECS makes for itself where it works with the network.
    private func roleARN(in account: Account) -> AttributeValue? {
        if let role = settings["role"]?.stringValue {
            return .string(role.hasPrefix("arn:") ? role : account.globalARN("iam", "role/\(role)"))
        }
        let hasBalancers = !(settings["loadBalancers"]?.listValue ?? []).isEmpty
        guard hasBalancers || settings["networkConfiguration"] != nil else { return nil }
        return .string(
            account.globalARN("iam", "role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"))
    }
}

extension DeploymentRecord {
    func description(_ counts: TaskCounts) -> AttributeValue {
        let tasks = counts.ofDeployments[id, default: .none]
        var answer: AttributeValue = [
            "id": .string(id), "status": .string(status.rawValue), "taskDefinition": .string(taskDefinitionARN),
            "desiredCount": .int(desiredCount), "pendingCount": .int(tasks.pending),
            "runningCount": .int(tasks.running), "failedTasks": .int(failedTasks), "createdAt": .time(createdAt),
            "updatedAt": .time(updatedAt), "rolloutState": .string(rolloutState.rawValue),
            "rolloutStateReason": .string(rolloutStateReason),
        ]
        for member in [
            "launchType", "capacityProviderStrategy", "platformFamily", "networkConfiguration",
            "serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations",
        ] {
            answer[member] = settings[member]
        }
        answer["platformVersion"] = settings["platformVersion"].map { $0 == "LATEST" ? "1.4.0" : $0 }
        return answer
    }

    func revisionSummary(_ counts: TaskCounts) -> AttributeValue {
        let tasks = counts.ofDeployments[id, default: .none]
        return [
            "arn": .string(serviceRevisionARN), "requestedTaskCount": .int(desiredCount),
            "runningTaskCount": .int(tasks.running), "pendingTaskCount": .int(tasks.pending),
        ]
    }
}
