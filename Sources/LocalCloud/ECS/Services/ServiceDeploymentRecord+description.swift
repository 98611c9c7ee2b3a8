import AttributeTree

extension ServiceDeploymentRecord {
    /// What `ListServiceDeployments` tells.
    var brief: AttributeValue {
        var answer: AttributeValue = [
            "serviceDeploymentArn": .string(arn), "serviceArn": .string(serviceARN),
            "clusterArn": .string(clusterARN), "createdAt": .time(createdAt), "status": .string(status.rawValue),
            "targetServiceRevisionArn": .string(targetRevisionARN),
        ]
        answer["startedAt"] = startedAt.map { .time($0) }
        answer["finishedAt"] = finishedAt.map { .time($0) }
        answer["statusReason"] = statusReason.map { .string($0) }
        return answer
    }

    func description(in world: World, _ counts: TaskCounts) -> AttributeValue {
        let service = world.containers.services[serviceARN]
        var answer = brief
        answer["targetServiceRevisionArn"] = nil
        answer["updatedAt"] = .time(updatedAt)
        answer["stoppedAt"] = stoppedAt.map { .time($0) }
        answer["targetServiceRevision"] = Self.summary(of: targetRevisionARN, service, counts)
        answer["sourceServiceRevisions"] = .list(sourceRevisionARNs.map { Self.summary(of: $0, service, counts) })
        answer["deploymentConfiguration"] = deploymentConfiguration.value
        answer["alarms"] = ["status": "DISABLED"]
        answer["deploymentCircuitBreaker"] = breaker(desired: service?.desiredCount ?? 0)
        guard rollbackReason != nil || rollbackStartedAt != nil else { return answer }
        var rollback: AttributeValue = [:]
        rollback["reason"] = rollbackReason.map { .string($0) }
        rollback["startedAt"] = rollbackStartedAt.map { .time($0) }
        rollback["serviceRevisionArn"] = rollbackRevisionARN.map { .string($0) }
        answer["rollback"] = rollback
        return answer
    }

    private func breaker(desired: Int) -> AttributeValue {
        let breaker = CircuitBreaker(deploymentConfiguration.value)
        let status =
            switch (breaker.isEnabled, isBreakerTriggered) {
            case (false, _): "DISABLED"
            case (true, true): "TRIGGERED"
            case (true, false): self.status.isFinal ? "MONITORING_COMPLETE" : "MONITORING"
            }
        return [
            "status": .string(status), "failureCount": .int(failureCount),
            "threshold": .int(breaker.failuresAllowed(desired: desired)),
        ]
    }

    /// How many tasks of a revision there are now; none when no deployment has it any more.
    private static func summary(
        of revision: String, _ service: ServiceRecord?, _ counts: TaskCounts
    ) -> AttributeValue {
        let deployment = service?.deployments.first { $0.serviceRevisionARN == revision }
        return deployment?.revisionSummary(counts)
            ?? ["arn": .string(revision), "requestedTaskCount": 0, "runningTaskCount": 0, "pendingTaskCount": 0]
    }
}

extension ServiceRevisionRecord {
    func description(in world: World) -> AttributeValue {
        var answer: AttributeValue = [
            "serviceRevisionArn": .string(arn), "serviceArn": .string(serviceARN), "clusterArn": .string(clusterARN),
            "taskDefinition": .string(taskDefinitionARN), "createdAt": .time(createdAt), "guardDutyEnabled": false,
        ]
        for member in [
            "launchType", "capacityProviderStrategy", "platformFamily", "networkConfiguration", "loadBalancers",
            "serviceRegistries", "volumeConfigurations", "vpcLatticeConfigurations", "monitoring",
        ] {
            answer[member] = settings[member]
        }
        answer["platformVersion"] = settings["platformVersion"].map { $0 == "LATEST" ? "1.4.0" : $0 }
        answer["serviceConnectConfiguration"] = settings["serviceConnectConfiguration"] ?? ["enabled": false]
        answer["containerImages"] = .list(
            (world.containers.taskDefinitions[taskDefinitionARN]?.containers ?? []).map {
                ["containerName": $0["name"] ?? "", "image": $0["image"] ?? ""]
            })
        let groups = (settings["loadBalancers"]?.listValue ?? []).compactMap { $0["targetGroupArn"] }
        if !groups.isEmpty {
            answer["resolvedConfiguration"] = ["loadBalancers": .list(groups.map { ["targetGroupArn": $0] })]
        }
        return answer
    }
}
