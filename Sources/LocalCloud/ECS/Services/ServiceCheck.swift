import AttributeTree

/// What AWS refuses of a service's settings.
struct ServiceCheck: Sendable {
    let world: World
    let settings: AttributeValue
    let definition: TaskDefinitionRecord
    /// The members that were given; what was accepted before is not looked at again.
    let given: Set<String>

    private var isDaemon: Bool { settings["schedulingStrategy"] == "DAEMON" }
    private var launch: LaunchCheck { LaunchCheck(world: world, settings: settings, definition: definition) }

    func run(in cluster: ClusterRecord) throws(CloudFault) {
        try checkCounts()
        try checkCapacity(in: cluster)
        try DeploymentConfiguration.check(settings["deploymentConfiguration"] ?? [:], isDaemon: isDaemon)
        if given.contains("taskDefinition") || given.contains("networkConfiguration") { try launch.checkNetwork() }
        if !given.isDisjoint(with: ["taskDefinition", "networkConfiguration", "loadBalancers"]) {
            try checkLoadBalancers()
        }
    }

    /// AWS's quota.
    private static let mostTasks = 5000

    private func checkCounts() throws(CloudFault) {
        if (settings["desiredCount"]?.intValue ?? 0) < 0 {
            throw .invalidParameter("Invalid desiredCount: it must not be negative.")
        }
        if (settings["desiredCount"]?.intValue ?? 0) > Self.mostTasks {
            throw .invalidParameter("Invalid desiredCount: a service has at most \(Self.mostTasks) tasks.")
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
        try launch.checkStrategy(in: cluster)
        if ServiceSettings.isFargate(settings) {
            try launch.checkFargate()
            if isDaemon {
                throw .invalidParameter("The daemon scheduling strategy is not supported on Fargate.")
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
}
