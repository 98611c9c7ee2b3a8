import AttributeTree

/// What AWS refuses of a service's settings.
struct ServiceCheck: Sendable {
    let world: World
    let settings: AttributeValue
    let definition: TaskDefinitionRecord
    /// The members that were given; what was accepted before is not looked at again.
    let given: Set<String>

    private var isDaemon: Bool { settings["schedulingStrategy"] == "DAEMON" }

    func run(in cluster: ClusterRecord) throws(CloudFault) {
        try checkCounts()
        try checkCapacity(in: cluster)
        try DeploymentConfiguration.check(settings["deploymentConfiguration"] ?? [:], isDaemon: isDaemon)
        if given.contains("taskDefinition") || given.contains("networkConfiguration") { try checkNetwork() }
        if given.contains("taskDefinition") || given.contains("loadBalancers") { try checkLoadBalancers() }
    }

    private func checkCounts() throws(CloudFault) {
        if (settings["desiredCount"]?.intValue ?? 0) < 0 {
            throw .invalidParameter("Invalid desiredCount: it must not be negative.")
        }
        let grace = settings["healthCheckGracePeriodSeconds"]?.intValue ?? 0
        guard grace >= 0 else {
            throw .invalidParameter("Invalid healthCheckGracePeriodSeconds: it must not be negative.")
        }
        if grace > 0, given.contains("healthCheckGracePeriodSeconds"), loadBalancers.isEmpty {
            throw .invalidParameter(
                "Health check grace period is only valid for services configured to use load balancers")
        }
        if settings["deploymentController"]?["type"] != "ECS" {
            throw .unsupported("Only the deployment controller ECS is supported here.")
        }
    }

    private func checkCapacity(in cluster: ClusterRecord) throws(CloudFault) {
        if let strategy = settings["capacityProviderStrategy"] {
            try CapacityProviderStrategy.check(strategy, in: cluster.capacityProviders)
        }
        let isFargate = ServiceSettings.isFargate(settings)
        if isFargate {
            guard definition.content["compatibilities"]?.listValue?.contains("FARGATE") ?? false else {
                throw .invalidParameter("Task definition does not support launch_type FARGATE.")
            }
            if isDaemon {
                throw .invalidParameter("The daemon scheduling strategy is not supported on Fargate.")
            }
            let version = settings["platformVersion"]?.stringValue ?? "LATEST"
            guard ["LATEST", "1.4.0", "1.3.0"].contains(version) else {
                throw CloudFault("PlatformUnknownException", "The specified platform version does not exist.")
            }
        } else if given.contains("platformVersion") {
            throw .invalidParameter("The platform version must be null when specifying an EC2 launch type.")
        }
        let maximum = settings["deploymentConfiguration"]?["maximumPercent"]?.intValue ?? 0
        if settings["availabilityZoneRebalancing"] == "ENABLED", maximum <= 100 {
            throw .invalidParameter(
                "Availability Zone rebalancing needs a maximumPercent that is greater than 100.")
        }
    }

    private func checkNetwork() throws(CloudFault) {
        guard definition.networkMode == "awsvpc" else {
            guard settings["networkConfiguration"] == nil else {
                throw .invalidParameter(
                    "Network Configuration is not valid for the given networkMode of this task definition.")
            }
            return
        }
        guard let network = settings["networkConfiguration"]?["awsvpcConfiguration"] else {
            throw .invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
        }
        try world.checkNetwork(network)
        if network["assignPublicIp"] == "ENABLED", settings["launchType"] == "EC2" {
            throw .invalidParameter("Assign public IP is not supported for this launch type.")
        }
    }
}

extension World {
    /// Checks an `awsvpcConfiguration`.
    func checkNetwork(_ configuration: AttributeValue) throws(CloudFault) {
        let subnets = (configuration["subnets"]?.listValue ?? []).compactMap(\.stringValue)
        if subnets.isEmpty { throw .invalidParameter("subnets can not be empty.") }
        if subnets.count > 16 { throw .invalidParameter("subnets can have at most 16 items.") }
        for id in subnets where network.subnet(id) == nil {
            throw .invalidParameter(
                "Error retrieving subnet information for [\(id)]: The subnet ID '\(id)' does not exist "
                    + "(ErrorCode: InvalidSubnetID.NotFound)")
        }
        let groups = (configuration["securityGroups"]?.listValue ?? []).compactMap(\.stringValue)
        if groups.count > 5 { throw .invalidParameter("security groups can have at most 5 items.") }
        for id in groups where network.securityGroups[id] == nil {
            throw .invalidParameter(
                "Error retrieving security group information for [\(id)]: The security group '\(id)' does not exist "
                    + "(ErrorCode: InvalidGroup.NotFound)")
        }
    }
}
