import AttributeTree

/// What a caller asked to be told of a cluster beside the usual.
struct ClusterParts: OptionSet, Sendable {
    let rawValue: Int

    static let settings = ClusterParts(rawValue: 1)
    static let configurations = ClusterParts(rawValue: 2)
    static let tags = ClusterParts(rawValue: 4)
    static let statistics = ClusterParts(rawValue: 8)
    static let attachments = ClusterParts(rawValue: 16)
    /// What a call that changes a cluster answers.
    static let all: ClusterParts = [.settings, .configurations, .tags, .attachments]

    init(rawValue: Int) { self.rawValue = rawValue }

    /// Reads `include`.
    init(_ include: AttributeValue?) {
        self = []
        for part in (include?.listValue ?? []).compactMap(\.stringValue) {
            switch part {
            case "SETTINGS": insert(.settings)
            case "CONFIGURATIONS": insert(.configurations)
            case "TAGS": insert(.tags)
            case "STATISTICS": insert(.statistics)
            case "ATTACHMENTS": insert(.attachments)
            default: break
            }
        }
    }
}

extension World {
    func describe(_ cluster: ClusterRecord, including parts: ClusterParts) -> AttributeValue {
        cluster.description(TaskCounts(self), including: parts)
    }
}

extension ClusterRecord {
    var capacityProviders: Set<String> {
        Set((settings["capacityProviders"]?.listValue ?? []).compactMap(\.stringValue))
    }

    /// A deleted cluster can be described for an hour.
    func isRemembered(at now: Moment) -> Bool {
        guard let inactiveSince else { return true }
        return now - inactiveSince < 3600
    }

    func description(_ counts: TaskCounts, including parts: ClusterParts) -> AttributeValue {
        let tasks = counts.inClusters[arn, default: .none]
        var answer: AttributeValue = [
            "clusterArn": .string(arn), "clusterName": .string(name), "status": .string(status.rawValue),
            "registeredContainerInstancesCount": 0, "runningTasksCount": .int(tasks.running),
            "pendingTasksCount": .int(tasks.pending), "activeServicesCount": .int(counts.services[arn, default: 0]),
            "statistics": [], "capacityProviders": settings["capacityProviders"] ?? [],
            "defaultCapacityProviderStrategy": settings["defaultCapacityProviderStrategy"] ?? [],
        ]
        answer["tags"] = parts.contains(.tags) ? tags.list(.lower) : []
        answer["settings"] = parts.contains(.settings) ? settings["settings"] : []
        if parts.contains(.configurations) { answer["configuration"] = settings["configuration"] }
        if parts.contains(.statistics) { answer["statistics"] = counts.statistics(ofCluster: arn) }
        if parts.contains(.attachments) { answer["attachments"] = [] }
        if let namespace = settings["serviceConnectDefaults"]?["namespace"] {
            answer["serviceConnectDefaults"] = ["namespace": namespace]
        }
        return answer
    }
}
