import AttributeTree

/// The operations on clusters.
enum ClusterCalls {
    static let operations: [String: OperationHandler] = [
        "CreateCluster": create, "UpdateCluster": update, "UpdateClusterSettings": update,
        "PutClusterCapacityProviders": putCapacityProviders, "DeleteCluster": delete,
        "DescribeClusters": describe, "ListClusters": list, "DescribeCapacityProviders": describeCapacityProviders,
        "ListContainerInstances": listContainerInstances, "DescribeContainerInstances": describeContainerInstances,
        "ListAttributes": listAttributes,
    ]

    /// A cluster that is there is answered as it is; one that was deleted begins anew.
    private static func create(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let name = input["clusterName"]?.stringValue ?? "default"
        guard ResourceName.isValid(name) else { throw .invalidParameter("Invalid identifier: \(name)") }
        let arn = world.clusterARN(name)
        if let cluster = world.containers.clusters[arn], cluster.status == .active {
            return ["cluster": world.describe(cluster, including: .all)]
        }
        let tags = try TagRules.creating(input["tags"])
        var settings: AttributeValue = [
            "settings": ClusterSettings.merged([], with: input["settings"], defaults: world.containers),
            "capacityProviders": input["capacityProviders"] ?? [],
            "defaultCapacityProviderStrategy": CapacityProviderStrategy.normalized(
                input["defaultCapacityProviderStrategy"] ?? []),
        ]
        settings["configuration"] = input["configuration"]
        settings["serviceConnectDefaults"] = input["serviceConnectDefaults"]
        try CapacityProviderStrategy.check(cluster: settings)
        let cluster = ClusterRecord(
            name: name, arn: arn, status: .active, settings: Document(settings), tags: tags, inactiveSince: nil)
        world.containers.clusters[arn] = cluster
        return ["cluster": world.describe(cluster, including: .all)]
    }

    private static func update(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var cluster = try world.activeCluster(input["cluster"])
        if let settings = input["settings"] {
            cluster.settings["settings"] = ClusterSettings.merged(
                cluster.settings["settings"]?.listValue ?? [], with: settings, defaults: world.containers)
        }
        for member in ["configuration", "serviceConnectDefaults"] {
            if let value = input[member] { cluster.settings[member] = value }
        }
        world.containers.clusters[cluster.arn] = cluster
        return ["cluster": world.describe(cluster, including: .all)]
    }

    private static func putCapacityProviders(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var cluster = try world.activeCluster(input["cluster"])
        cluster.settings["capacityProviders"] = input["capacityProviders"] ?? []
        cluster.settings["defaultCapacityProviderStrategy"] = CapacityProviderStrategy.normalized(
            input["defaultCapacityProviderStrategy"] ?? [])
        try CapacityProviderStrategy.check(cluster: cluster.settings.value)
        for service in world.containers.services.values
        where service.clusterARN == cluster.arn && service.status != .inactive {
            let used = CapacityProviderStrategy.providers(of: service.settings["capacityProviderStrategy"])
            guard used.isSubset(of: cluster.capacityProviders) else { throw .capacityProviderInUse }
        }
        world.containers.clusters[cluster.arn] = cluster
        return ["cluster": world.describe(cluster, including: .all)]
    }

    private static func delete(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var cluster = try world.activeCluster(input["cluster"])
        let counts = TaskCounts(world)
        if counts.services[cluster.arn, default: 0] > 0 {
            throw CloudFault(
                "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.")
        }
        if counts.inClusters[cluster.arn, default: .none].isAny {
            throw CloudFault("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.")
        }
        cluster.status = .inactive
        cluster.inactiveSince = context.now
        cluster.settings["capacityProviders"] = []
        cluster.settings["defaultCapacityProviderStrategy"] = []
        world.containers.clusters[cluster.arn] = cluster
        return ["cluster": world.describe(cluster, including: .all)]
    }
}
