import AttributeTree

/// What a service is to be, with AWS's defaults: from a call that creates it, and with what a call changes.
///
/// A pure function of the call and of what the cluster and the service had before.
enum ServiceSettings {
    /// What makes tasks roll when it changes; other members of `UpdateService` apply to tasks as they are, or to those
    /// that are started later.
    static let deployed: Set<String> = [
        "taskDefinition", "networkConfiguration", "platformVersion", "loadBalancers", "serviceRegistries",
        "serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations",
    ]
    /// What is kept as it is given.
    private static let kept = [
        "desiredCount", "loadBalancers", "serviceRegistries", "healthCheckGracePeriodSeconds", "placementConstraints",
        "placementStrategy", "enableECSManagedTags", "enableExecuteCommand", "propagateTags",
        "availabilityZoneRebalancing", "serviceConnectConfiguration", "volumeConfigurations",
        "vpcLatticeConfigurations", "monitoring",
    ]

    /// - Parameters:
    ///   - input: of `CreateService`.
    ///   - taskDefinition: the ARN of the revision it stands for.
    static func created(
        _ input: AttributeValue, taskDefinition: String, in cluster: ClusterRecord
    ) -> AttributeValue {
        var settings: AttributeValue = [
            "taskDefinition": .string(taskDefinition), "loadBalancers": [], "serviceRegistries": [],
            "healthCheckGracePeriodSeconds": 0, "placementConstraints": [], "placementStrategy": [],
            "enableECSManagedTags": false, "enableExecuteCommand": false, "propagateTags": "NONE",
        ]
        let strategy = input["schedulingStrategy"] ?? "REPLICA"
        settings["schedulingStrategy"] = strategy
        settings["deploymentController"] = input["deploymentController"] ?? ["type": "ECS"]
        settings["desiredCount"] = strategy == "DAEMON" ? 1 : 0
        for member in kept { settings[member] = input[member] ?? settings[member] }
        settings["role"] = input["role"]
        settings["networkConfiguration"] = input["networkConfiguration"].map(normalizedNetwork)
        let configuration = DeploymentConfiguration.merged(
            DeploymentConfiguration.defaults(isDaemon: strategy == "DAEMON"), with: input["deploymentConfiguration"])
        settings["deploymentConfiguration"] = configuration
        if settings["availabilityZoneRebalancing"] == nil {
            let canRebalance = strategy == "REPLICA" && (configuration["maximumPercent"]?.intValue ?? 0) > 100
            settings["availabilityZoneRebalancing"] = canRebalance ? "ENABLED" : "DISABLED"
        }
        setCapacity(of: &settings, from: input, default: cluster.settings["defaultCapacityProviderStrategy"])
        return settings
    }

    /// An absent member stays, an empty list takes away.
    ///
    /// - Parameters:
    ///   - input: of `UpdateService`.
    ///   - taskDefinition: the ARN of the revision that the call asks for.
    static func updated(
        _ settings: AttributeValue, by input: AttributeValue, taskDefinition: String?
    ) -> AttributeValue {
        var updated = settings
        for member in kept { updated[member] = input[member] ?? settings[member] }
        if let taskDefinition { updated["taskDefinition"] = .string(taskDefinition) }
        updated["networkConfiguration"] =
            input["networkConfiguration"].map(normalizedNetwork) ?? settings["networkConfiguration"]
        updated["deploymentConfiguration"] = DeploymentConfiguration.merged(
            settings["deploymentConfiguration"] ?? [:], with: input["deploymentConfiguration"])
        if let strategy = input["capacityProviderStrategy"] {
            let wasOnFargate = isFargate(settings)
            updated["capacityProviderStrategy"] = nil
            updated["launchType"] = nil
            var capacity: AttributeValue = ["capacityProviderStrategy": strategy]
            capacity["launchType"] = wasOnFargate ? "FARGATE" : "EC2"
            capacity["platformVersion"] = settings["platformVersion"]
            setCapacity(of: &updated, from: capacity, default: nil)
        }
        if let version = input["platformVersion"] { updated["platformVersion"] = version }
        return updated
    }

    /// Which of the members differ.
    static func changes(from before: AttributeValue, to after: AttributeValue) -> Set<String> {
        let members = Set(before.mapValue.map { Array($0.keys) } ?? []).union(after.mapValue?.keys.map { $0 } ?? [])
        return members.filter { before[$0] != after[$0] }
    }

    /// Whether an update starts a deployment.
    static func startsDeployment(_ changes: Set<String>, isForced: Bool) -> Bool {
        isForced || !changes.isDisjoint(with: deployed)
    }

    static func isFargate(_ settings: AttributeValue) -> Bool {
        if settings["launchType"] == "FARGATE" { return true }
        let providers = CapacityProviderStrategy.providers(of: settings["capacityProviderStrategy"])
        return !providers.isEmpty && providers.isSubset(of: CapacityProviderStrategy.fargate)
    }

    /// A strategy, a launch type, the strategy of the cluster, or EC2: the first that is there.
    static func setCapacity(
        of settings: inout AttributeValue, from input: AttributeValue, default strategyOfCluster: AttributeValue?
    ) {
        let given = input["capacityProviderStrategy"].flatMap { $0.listValue?.isEmpty ?? true ? nil : $0 }
        let inherited = strategyOfCluster.flatMap { $0.listValue?.isEmpty ?? true ? nil : $0 }
        if let strategy = given ?? (input["launchType"] == nil ? inherited : nil) {
            settings["capacityProviderStrategy"] = CapacityProviderStrategy.normalized(strategy)
        } else {
            settings["launchType"] = input["launchType"] ?? "EC2"
        }
        guard isFargate(settings) else { return }
        settings["platformVersion"] = input["platformVersion"] ?? "LATEST"
        settings["platformFamily"] = "Linux"
    }

    static func normalizedNetwork(_ given: AttributeValue) -> AttributeValue {
        guard var network = given["awsvpcConfiguration"] else { return given }
        network["assignPublicIp"] = network["assignPublicIp"] ?? "DISABLED"
        network["securityGroups"] = network["securityGroups"] ?? []
        return ["awsvpcConfiguration": network]
    }
}
