import AttributeTree

extension World {
    /// The ARN that a service's name or ARN stands for in a cluster.
    func serviceARN(_ reference: String, in cluster: ClusterRecord) -> String {
        reference.hasPrefix("arn:") ? reference : account.arn("ecs", "service/\(cluster.name)/\(reference)")
    }

    /// The service that a call is about, whatever its status.
    func service(_ reference: AttributeValue?, in cluster: ClusterRecord) throws(CloudFault) -> ServiceRecord {
        let arn = serviceARN(reference?.stringValue ?? "", in: cluster)
        guard let service = containers.services[arn], service.clusterARN == cluster.arn else { throw .serviceNotFound }
        return service
    }
}

extension ServiceRecord {
    /// `hello/web`, which stands in the ARNs of what belongs to a service.
    var path: String { arn.split(separator: "/").suffix(2).joined(separator: "/") }
}

extension CloudFault {
    static let serviceNotFound = Self("ServiceNotFoundException", "Service not found.")
    static let serviceNotActive = Self("ServiceNotActiveException", "Service was not ACTIVE.")
}
