import AttributeTree
package import Planning
package import Reconciliation
package import ResourceModel
package import StateModel

extension ECSCluster {
    package func observe(_ request: ObserveRequest) async throws -> [ResourceAddress: ObservedResource] {
        let clusters = try await describe(request.items.compactMap(\.cloudName))
        var found: [ResourceAddress: ObservedResource] = [:]
        for item in request.items {
            guard let cluster = clusters.first(where: { $0["clusterName"]?.stringValue == item.cloudName }) else {
                continue
            }
            found[item.address] = Self.observed(cluster)
        }
        return found
    }

    package func find(
        _ intent: Intent, owner: Owner, world: ObservedWorld
    ) async throws -> ObservedResource? {
        try await describe([intent.cloudName]).compactMap(Self.observed)
            .first { $0.owner == Ownership(owner: owner, address: intent.address) }
    }

    /// The clusters of these names or ARNs. What AWS still shows of a deleted one is not among them.
    func describe(_ clusters: [String]) async throws -> [AttributeValue] {
        try await aws.batched(clusters, by: 100) { batch in
            let output = try await aws.ecs(
                "DescribeClusters", ["clusters": .strings(batch), "include": ["TAGS", "SETTINGS", "CONFIGURATIONS"]])
            return (output["clusters"]?.listValue ?? []).filter { $0["status"] != "INACTIVE" }
        }
    }

    /// A cluster as AWS describes it, in the words of the manifest.
    static func observed(_ cluster: AttributeValue) -> ObservedResource? {
        guard let arn = cluster["clusterArn"]?.stringValue, let name = cluster["clusterName"]?.stringValue else {
            return nil
        }
        let tags = OwnerTags(Translator.ecs.map(of: cluster["tags"]))
        var attributes = Translator.ecs.attributes(cluster, by: schema.spec)
        attributes["tags"] = tags.others
        return ObservedResource(
            identity: ResourceIdentity(id: arn), cloudName: name, attributes: attributes, owner: tags.ownership)
    }
}

extension ObserveRequest.Item {
    /// What it is called in the cloud, so far as that is known: by the record, else by the manifest.
    var cloudName: String? { recorded?.cloudName ?? desired?.cloudName }
}
