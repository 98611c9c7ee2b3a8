import AttributeTree

extension TaskCalls {
    static func describe(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let cluster = try world.activeCluster(input["cluster"])
        let references = (input["tasks"]?.listValue ?? []).compactMap(\.stringValue)
        if references.isEmpty { throw .invalidParameter("Tasks cannot be empty.") }
        guard references.count <= 100 else { throw .invalidParameter("taskIds can have at most 100 items.") }
        let isTagged = input["include"]?.listValue?.contains("TAGS") ?? false
        var tasks: [AttributeValue] = []
        var failures: [AttributeValue] = []
        for reference in references {
            let arn = try world.taskARN(reference, in: cluster)
            if let task = world.containers.tasks[arn], task.clusterARN == cluster.arn {
                var description = task.description(in: world)
                if !isTagged { description["tags"] = [] }
                tasks.append(description)
            } else {
                failures.append(["arn": .string(arn), "reason": "MISSING"])
            }
        }
        return ["tasks": .list(tasks), "failures": .list(failures)]
    }

    /// Those that should run, unless those that should not are asked for.
    static func list(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let cluster = try world.activeCluster(input["cluster"])
        try checkFilters(input)
        let service = input["serviceName"] == nil ? nil : try world.service(input["serviceName"], in: cluster).arn
        let family = input["family"]?.stringValue
        let isAsked = { (task: TaskRecord) in
            task.clusterARN == cluster.arn && task.desiredStatus == input["desiredStatus"] ?? "RUNNING"
                && (service == nil || task.serviceARN == service)
                && (family == nil || task.family == family)
                && input["startedBy"].map { $0.stringValue == task.startedBy } ?? true
                && input["launchType"].map { $0 == task.settings["launchType"] } ?? true
        }
        // Tasks are on no container instance, and of no daemon.
        let isEmpty = input["containerInstance"] != nil || input["daemonName"] != nil
        let arns = isEmpty ? [] : world.containers.tasks.values.filter(isAsked).map(\.arn)
        return try Listing(input, limit: 100, upTo: 100).answer(arns, as: "taskArns")
    }

    private static func checkFilters(_ input: AttributeValue) throws(CloudFault) {
        let others = ["containerInstance", "daemonName", "family", "launchType", "serviceName"]
        if input["startedBy"] != nil, others.contains(where: { input[$0] != nil }) {
            throw .invalidParameter("cannot specify startedBy with other arguments")
        }
        if input["family"] != nil, input["serviceName"] != nil {
            throw .invalidParameter("cannot specify family with serviceName")
        }
    }
}
