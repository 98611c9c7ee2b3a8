import AttributeTree

/// What AWS refuses of a call that runs tasks.
struct RunTaskCheck: Sendable {
    let world: World
    let input: AttributeValue
    /// What becomes of it with AWS's defaults.
    let settings: AttributeValue
    let definition: TaskDefinitionRecord

    func run(in cluster: ClusterRecord) throws(CloudFault) {
        guard (1...10).contains(input["count"]?.intValue ?? 1) else {
            throw .invalidParameter("count must be between 1 and 10.")
        }
        try checkLengths()
        if input["propagateTags"] == "SERVICE" {
            throw .invalidParameter("Tags cannot be propagated from a service to a task that is run by itself.")
        }
        if !(input["volumeConfigurations"]?.listValue ?? []).isEmpty {
            throw .unsupported("Volumes that are configured at launch are not supported here.")
        }
        try checkCapacity(in: cluster)
        try checkOverrides()
        if input["enableExecuteCommand"] == true {
            let role = settings["overrides"]?["taskRoleArn"] ?? definition.content["taskRoleArn"]
            guard role != nil else {
                throw .invalidParameter(
                    "The task couldn't be run because a valid taskRoleArn is not being used. Specify a valid task role "
                        + "in your task definition and try again.")
            }
        }
    }

    private func checkLengths() throws(CloudFault) {
        for (member, longest) in [("clientToken", 64), ("startedBy", 128)]
        where (input[member]?.stringValue ?? "").utf8.count > longest {
            throw .invalidParameter("\(member) longer than \(longest).")
        }
    }

    private func checkCapacity(in cluster: ClusterRecord) throws(CloudFault) {
        let launch = LaunchCheck(world: world, settings: settings, definition: definition)
        try launch.checkStrategy(in: cluster)
        if ServiceSettings.isFargate(settings) {
            try launch.checkFargate()
            for (member, name) in [("placementConstraints", "constraints"), ("placementStrategy", "strategies")]
            where !(input[member]?.listValue ?? []).isEmpty {
                throw .invalidParameter("Placement \(name) are not supported with FARGATE launch type.")
            }
        } else if input["platformVersion"] != nil {
            throw .invalidParameter("The platform version must be null when specifying an EC2 launch type.")
        }
        try launch.checkNetwork()
    }

    private func checkOverrides() throws(CloudFault) {
        guard let overrides = input["overrides"] else { return }
        guard overrides.json().count <= 8192 else {
            throw .invalidParameter("Container Overrides length must be at most 8192")
        }
        for override in overrides["containerOverrides"]?.listValue ?? [] {
            guard let name = override["name"]?.stringValue else {
                // An empty one overrides nothing.
                if override.mapValue?.isEmpty ?? true { continue }
                throw .invalidParameter("Container override name can not be empty.")
            }
            guard definition.container(name) != nil else {
                throw .invalidParameter(
                    "Override for container named \(name) is not a container in the TaskDefinition.")
            }
        }
        guard ServiceSettings.isFargate(settings),
            let cpu = size("cpu"), let memory = size("memory"), !TaskSize.isOfFargate(cpu: cpu, memory: memory)
        else { return }
        throw .client("No Fargate configuration exists for given values: \(cpu) CPU, \(memory) memory.")
    }

    private func size(_ member: String) -> Int? {
        (settings["overrides"]?[member] ?? definition.content[member])?.stringValue.flatMap(Int.init)
    }
}
