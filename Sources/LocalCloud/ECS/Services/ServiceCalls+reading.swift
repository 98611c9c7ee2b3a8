import AttributeTree

extension ServiceCalls {
    static func describe(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let cluster = try world.activeCluster(input["cluster"])
        let references = (input["services"]?.listValue ?? []).compactMap(\.stringValue)
        if references.isEmpty { throw .invalidParameter("Services cannot be empty.") }
        guard references.count <= 10 else { throw .invalidParameter("service names can have at most 10 items.") }
        let counts = TaskCounts(world)
        let isTagged = input["include"]?.listValue?.contains("TAGS") ?? false
        var services: [AttributeValue] = []
        var failures: [AttributeValue] = []
        for reference in references {
            let arn = world.serviceARN(reference, in: cluster)
            if let service = world.containers.services[arn], service.clusterARN == cluster.arn,
                service.isRemembered(at: context.now)
            {
                var description = service.description(in: world, counts)
                description["tags"] = isTagged ? service.tags.list(.lower) : nil
                services.append(description)
            } else {
                failures.append(["arn": .string(arn), "reason": "MISSING"])
            }
        }
        return ["services": .list(services), "failures": .list(failures)]
    }

    static func list(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let cluster = try world.activeCluster(input["cluster"])
        let arns = world.containers.services.values.filter { service in
            service.clusterARN == cluster.arn && service.status != .inactive
                && ["launchType", "schedulingStrategy"].allSatisfy { member in
                    input[member].map { $0 == service.settings[member] } ?? true
                }
        }
        return try Listing(input, limit: 10, upTo: 100).answer(arns.map(\.arn), as: "serviceArns")
    }
}
