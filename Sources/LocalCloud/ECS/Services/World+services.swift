extension World {
    /// The ARN that a service's name or ARN stands for in a cluster.
    func serviceARN(_ reference: String, in cluster: ClusterRecord) -> String {
        reference.hasPrefix("arn:") ? reference : account.arn("ecs", "service/\(cluster.name)/\(reference)")
    }
}

extension ServiceRecord {
    /// `hello/web`, which stands in the ARNs of what belongs to a service.
    var path: String { arn.split(separator: "/").suffix(2).joined(separator: "/") }

    /// Puts a line into the service's history.
    mutating func record(_ message: String, at now: Moment, ids: IDSource) {
        events.insert(ServiceEvent(id: ids.uuid(), createdAt: now, message: message), at: 0)
        if events.count > 100 { events.removeLast(events.count - 100) }
    }
}
