import AttributeTree

/// What AWS refuses of how tasks are to be launched, by a service or by themselves.
struct LaunchCheck: Sendable {
    let world: World
    /// `launchType`, `capacityProviderStrategy`, `networkConfiguration`, `platformVersion`.
    let settings: AttributeValue
    let definition: TaskDefinitionRecord

    func checkStrategy(in cluster: ClusterRecord) throws(CloudFault) {
        guard let strategy = settings["capacityProviderStrategy"] else { return }
        try CapacityProviderStrategy.check(strategy, in: cluster.capacityProviders)
    }

    func checkFargate() throws(CloudFault) {
        guard definition.content["compatibilities"]?.listValue?.contains("FARGATE") ?? false else {
            throw .invalidParameter("Task definition does not support launch_type FARGATE.")
        }
        let version = settings["platformVersion"]?.stringValue ?? "LATEST"
        guard ["LATEST", "1.4.0", "1.3.0"].contains(version) else {
            throw CloudFault("PlatformUnknownException", "The specified platform version does not exist.")
        }
    }

    func checkNetwork() throws(CloudFault) {
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
    /// Why no task can be launched with a service's settings: what they name may be gone since they were checked.
    func whyNotLaunched(with settings: AttributeValue) -> String? {
        guard let network = settings["networkConfiguration"]?["awsvpcConfiguration"] else { return nil }
        do throws(CloudFault) {
            try checkNetwork(network)
            return nil
        } catch {
            return error.message
        }
    }

    /// Checks an `awsvpcConfiguration`.
    fileprivate func checkNetwork(_ configuration: AttributeValue) throws(CloudFault) {
        let subnets = (configuration["subnets"]?.listValue ?? []).compactMap(\.stringValue)
        if subnets.isEmpty { throw .invalidParameter("subnets can not be empty.") }
        if subnets.count > 16 { throw .invalidParameter("subnets can have at most 16 items.") }
        var vpcs: Set<String> = []
        for id in subnets {
            guard let subnet = network.subnet(id) else {
                throw .invalidParameter(
                    "Error retrieving subnet information for [\(id)]: The subnet ID '\(id)' does not exist "
                        + "(ErrorCode: InvalidSubnetID.NotFound)")
            }
            vpcs.insert(subnet.vpc)
        }
        guard vpcs.count == 1 else { throw .invalidParameter("The subnets must be in one VPC.") }
        let groups = (configuration["securityGroups"]?.listValue ?? []).compactMap(\.stringValue)
        if groups.count > 5 { throw .invalidParameter("security groups can have at most 5 items.") }
        for id in groups {
            guard let group = network.securityGroups[id] else {
                throw .invalidParameter(
                    "Error retrieving security group information for [\(id)]: The security group '\(id)' does not "
                        + "exist (ErrorCode: InvalidGroup.NotFound)")
            }
            guard vpcs.contains(group.vpc) else {
                throw .invalidParameter("The security group '\(id)' and the subnets must be in one VPC.")
            }
        }
    }
}
