import AttributeTree

extension World {
    /// The ARN that a cluster's name, its ARN or nothing (the cluster `default`) stands for.
    func clusterARN(_ reference: String?) -> String {
        let reference = reference ?? "default"
        return reference.hasPrefix("arn:") ? reference : account.arn("ecs", "cluster/\(reference)")
    }

    /// The cluster of a call that needs one that is there: a name, an ARN, or nothing for the cluster `default`.
    func activeCluster(_ reference: AttributeValue?) throws(CloudFault) -> ClusterRecord {
        guard let cluster = containers.clusters[clusterARN(reference?.stringValue)] else { throw .clusterNotFound }
        if cluster.status == .inactive { throw .clusterInactive }
        return cluster
    }
}

extension CloudFault {
    static let clusterNotFound = Self("ClusterNotFoundException", "Cluster not found.")
    static let clusterInactive = Self("ClusterNotFoundException", "The referenced cluster was inactive.")

    static func invalidParameter(_ message: String) -> Self { Self("InvalidParameterException", message) }
    static func client(_ message: String) -> Self { Self("ClientException", message) }
}
