import AttributeTree

extension ClusterCalls {
    static func describe(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let asked = input["clusters"]?.listValue ?? []
        let references = asked.isEmpty ? ["default"] : asked.compactMap(\.stringValue)
        guard references.count <= 100 else { throw .invalidParameter("cluster names can have at most 100 items.") }
        let parts = ClusterParts(input["include"])
        let counts = TaskCounts(world)
        var clusters: [AttributeValue] = []
        var failures: [AttributeValue] = []
        for reference in references {
            let arn = world.clusterARN(reference)
            if let cluster = world.containers.clusters[arn], cluster.isRemembered(at: context.now) {
                clusters.append(cluster.description(counts, including: parts))
            } else {
                failures.append(["arn": .string(arn), "reason": "MISSING"])
            }
        }
        return ["clusters": .list(clusters), "failures": .list(failures)]
    }

    static func list(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let arns = world.containers.clusters.values.filter { $0.status == .active }.map(\.arn)
        return try Listing(input, limit: 100, upTo: 100).answer(arns, as: "clusterArns")
    }

    /// Only those of Fargate exist; there are no instances, and so no groups of them.
    static func describeCapacityProviders(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let asked = (input["capacityProviders"]?.listValue ?? []).compactMap(\.stringValue)
        guard asked.count <= 100 else { throw .invalidParameter("capacity providers can have at most 100 items.") }
        let wanted = asked.isEmpty ? CapacityProviderStrategy.fargate : asked
        var found: [AttributeValue] = []
        var failures: [AttributeValue] = []
        for reference in wanted {
            let name = reference.split(separator: "/").last.map(String.init) ?? reference
            let arn = world.account.arn("ecs", "capacity-provider/\(name)")
            if CapacityProviderStrategy.fargate.contains(name) {
                found.append([
                    "capacityProviderArn": .string(arn), "name": .string(name), "status": "ACTIVE", "tags": [],
                    "type": .string(name),
                ])
            } else {
                failures.append(["arn": .string(arn), "reason": "MISSING"])
            }
        }
        return ["capacityProviders": .list(found), "failures": .list(failures)]
    }

    static func listContainerInstances(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        _ = try world.activeCluster(input["cluster"])
        return ["containerInstanceArns": []]
    }

    static func describeContainerInstances(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let cluster = try world.activeCluster(input["cluster"])
        let asked = (input["containerInstances"]?.listValue ?? []).compactMap(\.stringValue)
        if asked.isEmpty { throw .client("Container Instances cannot be empty.") }
        let failures = asked.map { reference -> AttributeValue in
            let arn =
                reference.hasPrefix("arn:")
                ? reference : world.account.arn("ecs", "container-instance/\(cluster.name)/\(reference)")
            return ["arn": .string(arn), "reason": "MISSING"]
        }
        return ["containerInstances": [], "failures": .list(failures)]
    }

    static func listAttributes(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        _ = try world.activeCluster(input["cluster"])
        return ["attributes": []]
    }
}
