import AttributeTree

extension TaskCalls {
    /// A call with the token of an earlier one starts nothing, and answers how its tasks are.
    static func run(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let cluster = try world.activeCluster(input["cluster"])
        if let tasks = try world.tasksOfRepetition(input, in: cluster) { return answer(tasks, in: world) }
        let definition = try world.startableTaskDefinition(input["taskDefinition"]?.stringValue ?? "")
        let settings = try settings(input, in: cluster)
        try RunTaskCheck(world: world, input: input, settings: settings, definition: definition).run(in: cluster)
        let tags = try tags(input, of: definition, in: cluster)
        let providers = CapacityProviderStrategy.distribution(
            of: settings["capacityProviderStrategy"], over: input["count"]?.intValue ?? 1)
        var tasks: [TaskRecord] = []
        for number in 0..<(input["count"]?.intValue ?? 1) {
            var settings = settings
            if !providers.isEmpty {
                settings["capacityProviderStrategy"] = [["capacityProvider": .string(providers[number])]]
            }
            var request = TaskRequest(
                id: context.ids.hex(32), cluster: cluster, definition: definition,
                group: input["group"]?.stringValue ?? "family:\(definition.family)",
                startedBy: input["startedBy"]?.stringValue, serviceARN: nil, settings: settings, tags: tags)
            if let token = input["clientToken"]?.stringValue {
                request.origin = TaskRecord.Origin(clientToken: token, call: Document(input))
            }
            tasks.append(world.startTask(request, at: context.now))
        }
        return answer(tasks, in: world)
    }

    private static func answer(_ tasks: [TaskRecord], in world: World) -> AttributeValue {
        ["tasks": .list(tasks.map { $0.description(in: world) }), "failures": []]
    }

    private static func settings(
        _ input: AttributeValue, in cluster: ClusterRecord
    ) throws(CloudFault) -> AttributeValue {
        if input["launchType"] != nil, !(input["capacityProviderStrategy"]?.listValue ?? []).isEmpty {
            throw .invalidParameter("Specify either Launch Type or Capacity Provider Strategy, but not both.")
        }
        var settings: AttributeValue = ["enableExecuteCommand": input["enableExecuteCommand"] ?? false]
        settings["networkConfiguration"] = input["networkConfiguration"].map(ServiceSettings.normalizedNetwork)
        settings["overrides"] = try input["overrides"].map(TaskOverrides.normalized)
        ServiceSettings.setCapacity(
            of: &settings, from: input, default: cluster.settings["defaultCapacityProviderStrategy"])
        return settings
    }

    private static func tags(
        _ input: AttributeValue, of definition: TaskDefinitionRecord, in cluster: ClusterRecord
    ) throws(CloudFault) -> Tags {
        var tags = try TagRules.creating(input["tags"])
        if input["propagateTags"] == "TASK_DEFINITION" {
            tags.values.merge(definition.tags.values) { own, _ in own }
        }
        if input["enableECSManagedTags"] == true { tags.values["aws:ecs:clusterName"] = cluster.name }
        return tags
    }
}

extension World {
    /// The tasks that an earlier call with the same token started; `nil` when there was none, as far as its tasks are
    /// remembered.
    fileprivate func tasksOfRepetition(
        _ input: AttributeValue, in cluster: ClusterRecord
    ) throws(CloudFault) -> [TaskRecord]? {
        guard let token = input["clientToken"]?.stringValue else { return nil }
        let tasks = containers.tasks.values.filter {
            $0.clusterARN == cluster.arn && $0.origin?.clientToken == token
        }
        if tasks.isEmpty { return nil }
        guard tasks.allSatisfy({ $0.origin?.call.value == input }) else {
            throw CloudFault(
                "ConflictException", "The client token was used by a request with other parameters.",
                details: ["resourceIds": .list(tasks.map { .string($0.arn) })])
        }
        return tasks
    }
}
