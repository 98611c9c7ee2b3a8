import AttributeTree

/// The operations on services.
enum ServiceCalls {
    static let operations: [String: OperationHandler] = [
        "CreateService": create, "UpdateService": update, "DeleteService": delete, "DescribeServices": describe,
        "ListServices": list,
    ]

    private static func create(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let cluster = try world.activeCluster(input["cluster"])
        let name = input["serviceName"]?.stringValue ?? ""
        guard ResourceName.isValid(name) else { throw .invalidParameter("Invalid service name: \(name)") }
        let arn = world.serviceARN(name, in: cluster)
        var creation = input
        creation["clientToken"] = nil
        if let service = world.containers.services[arn], service.status != .inactive {
            guard service.status == .active else {
                throw .invalidParameter("Unable to Start a service that is still Draining.")
            }
            guard let token = input["clientToken"]?.stringValue, token == service.clientToken,
                service.creation?.value == creation
            else { throw .invalidParameter("Creation of service was not idempotent.") }
            return ["service": world.describe(service)]
        }
        let settings = try newSettings(input, in: cluster, of: world)
        var service = ServiceRecord(
            settings: Document(settings), arn: arn, name: name, clusterARN: cluster.arn, status: .active,
            createdAt: context.now, createdBy: context.caller.arn, clientToken: input["clientToken"]?.stringValue,
            creation: Document(creation), tags: try TagRules.creating(input["tags"]), deployments: [], events: [])
        world.startDeployment(of: &service, at: context.now, ids: context.ids)
        world.containers.services[arn] = service
        return ["service": world.describe(service)]
    }

    private static func newSettings(
        _ input: AttributeValue, in cluster: ClusterRecord, of world: World
    ) throws(CloudFault) -> AttributeValue {
        if let controller = input["deploymentController"]?["type"]?.stringValue, controller != "ECS" {
            throw .unsupported("The deployment controller \(controller) is not supported here.")
        }
        guard let reference = input["taskDefinition"]?.stringValue, !reference.isEmpty else {
            throw .invalidParameter("TaskDefinition can not be blank.")
        }
        let isDaemon = input["schedulingStrategy"] == "DAEMON"
        switch (isDaemon, input["desiredCount"]) {
        case (true, .some):
            throw .invalidParameter(
                "The daemon scheduling strategy does not support a desired count for services. Remove a desired count "
                    + "value and try again")
        case (false, nil): throw .invalidParameter("Desired count can not be blank.")
        case (true, nil), (false, .some): break
        }
        if input["launchType"] != nil, !(input["capacityProviderStrategy"]?.listValue ?? []).isEmpty {
            throw .invalidParameter(
                "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try "
                    + "again.")
        }
        let definition = try world.startableTaskDefinition(reference)
        let settings = ServiceSettings.created(input, taskDefinition: definition.arn, in: cluster)
        let check = ServiceCheck(
            world: world, settings: settings, definition: definition,
            given: Set(input.mapValue.map { Array($0.keys) } ?? []))
        try check.run(in: cluster)
        return settings
    }

    private static func update(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let cluster = try world.activeCluster(input["cluster"])
        var service = try world.service(input["service"], in: cluster)
        guard service.status == .active else { throw .serviceNotActive }
        let definition = try definition(for: service, input, of: world)
        let asked = input["taskDefinition"] == nil ? nil : definition.arn
        let settings = ServiceSettings.updated(service.settings.value, by: input, taskDefinition: asked)
        let changes = ServiceSettings.changes(from: service.settings.value, to: settings)
        let isForced = input["forceNewDeployment"]?.boolValue ?? false
        if !changes.isDisjoint(with: ["capacityProviderStrategy", "launchType"]), !isForced {
            throw .invalidParameter(
                "When switching from launch type to capacity provider strategy on an existing service, or making a "
                    + "change to a capacity provider strategy on a service that is already using one, you must force a "
                    + "new deployment.")
        }
        let check = ServiceCheck(
            world: world, settings: settings, definition: definition,
            given: Set(input.mapValue.map { Array($0.keys) } ?? []))
        try check.run(in: cluster)
        service.settings = Document(settings)
        if ServiceSettings.startsDeployment(changes, isForced: isForced) {
            world.startDeployment(of: &service, at: context.now, ids: context.ids)
        } else if !changes.isEmpty {
            service.adjustPrimary(isResized: changes.contains("desiredCount"), at: context.now)
        }
        world.containers.services[service.arn] = service
        return ["service": world.describe(service)]
    }

    /// That which the call asks for, else the one the service has, be it active or not.
    private static func definition(
        for service: ServiceRecord, _ input: AttributeValue, of world: World
    ) throws(CloudFault) -> TaskDefinitionRecord {
        if let reference = input["taskDefinition"]?.stringValue { return try world.startableTaskDefinition(reference) }
        let arn = service.settings["taskDefinition"]?.stringValue ?? ""
        guard let definition = world.containers.taskDefinitions[arn] else { throw .client("TaskDefinition not found.") }
        return definition
    }

    private static func delete(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let cluster = try world.activeCluster(input["cluster"])
        var service = try world.service(input["service"], in: cluster)
        guard service.status != .inactive else { throw .serviceNotFound }
        let isForced = input["force"]?.boolValue ?? false
        if service.status == .active, !isForced, service.settings["schedulingStrategy"] != "DAEMON" {
            if service.desiredCount > 0 {
                throw .invalidParameter("The service cannot be stopped while it is scaled above 0.")
            }
            if service.deployments.count > 1 {
                throw .invalidParameter("The service cannot be stopped while deployments are active.")
            }
        }
        service.status = .draining
        service.settings["desiredCount"] = 0
        service.adjustPrimary(isResized: true, at: context.now)
        world.containers.services[service.arn] = service
        return ["service": world.describe(service)]
    }
}

extension ServiceRecord {
    /// Lets the primary deployment go on with what the settings now say.
    fileprivate mutating func adjustPrimary(isResized: Bool, at now: Moment) {
        for index in deployments.indices where deployments[index].status == .primary {
            deployments[index].settings = settings
            guard isResized else { continue }
            deployments[index].desiredCount = desiredCount
            deployments[index].updatedAt = now
        }
    }
}
