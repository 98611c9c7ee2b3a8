import AWSClient
import AttributeTree
package import Planning
package import Reconciliation
package import ResourceModel
package import StateModel

extension ECSService {
    package func observe(_ request: ObserveRequest) async throws -> [ResourceAddress: ObservedResource] {
        var found: [ResourceAddress: ObservedResource] = [:]
        let byCluster = Dictionary(grouping: request.items) { $0.cluster(in: request.world) }
        for (cluster, items) in byCluster.sorted(by: { ($0.key ?? "") < ($1.key ?? "") }) {
            guard let cluster else { continue }
            let services = try await describe(items.compactMap(\.cloudName), in: cluster, withTags: true)
            for item in items {
                found[item.address] = item.cloudName.flatMap { services[$0] }.flatMap(Self.observed)
            }
        }
        return found
    }

    package func find(
        _ intent: Intent, owner: Owner, world: ObservedWorld
    ) async throws -> ObservedResource? {
        let clusters = world.resources.filter { $0.key.kind == .cluster }.map(\.value.identity.id)
        for cluster in clusters.sorted() {
            let services = try await describe([intent.cloudName], in: cluster, withTags: true)
            guard let observed = services[intent.cloudName].flatMap(Self.observed) else { continue }
            if observed.owner == Ownership(owner: owner, address: intent.address) { return observed }
        }
        return nil
    }

    /// The active services of a cluster, by name. One that was deleted stays described while it drains, and after: its
    /// name may be taken, but it is no longer there.
    func describe(
        _ services: [String], in cluster: String, withTags: Bool = false
    ) async throws -> [String: AttributeValue] {
        try await everything(services, in: cluster, withTags: withTags).filter { $0.value["status"] == "ACTIVE" }
    }

    /// Whatever AWS still describes under these names or ARNs, by name.
    func everything(
        _ services: [String], in cluster: String, withTags: Bool = false
    ) async throws -> [String: AttributeValue] {
        let described = try await aws.batched(services, by: 10) { batch in
            do {
                let input: AttributeValue = ["cluster": .string(cluster), "services": .strings(batch)]
                return try await aws.ecs("DescribeServices", withTags ? input.with("include", ["TAGS"]) : input)[
                    "services"]?.listValue ?? []
            } catch let error as AWSError where error.code == "ClusterNotFoundException" {
                return []
            }
        }
        let pairs = described.compactMap { service in service["serviceName"]?.stringValue.map { ($0, service) } }
        return Dictionary(pairs) { first, _ in first }
    }

    /// A service as AWS describes it, in the words of the manifest.
    static func observed(_ service: AttributeValue) -> ObservedResource? {
        guard let identity = identity(of: service), let name = service["serviceName"]?.stringValue else { return nil }
        let tags = OwnerTags(Translator.ecs.map(of: service["tags"]))
        var input = service
        input["cluster"] = service["clusterArn"]
        // The service-linked role is what AWS takes when no role is given.
        input["role"] = service["roleArn"].flatMap { $0.isServiceLinkedRole ? nil : $0 }
        let deployment = primary(of: service)
        for member in ["serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations"] {
            input[member] = service[member] ?? deployment?[member]
        }
        var attributes = Translator.ecs.attributes(input, by: schema.spec)
        attributes["tags"] = tags.others
        return ObservedResource(identity: identity, cloudName: name, attributes: attributes, owner: tags.ownership)
    }

    static func identity(of service: AttributeValue) -> ResourceIdentity? {
        guard let arn = service["serviceArn"]?.stringValue, let cluster = service["clusterArn"]?.stringValue else {
            return nil
        }
        return ResourceIdentity(id: arn, properties: [clusterProperty: cluster])
    }

    static func primary(of service: AttributeValue) -> AttributeValue? {
        service["deployments"]?.listValue?.first { $0["status"] == "PRIMARY" }
    }
}

extension ObserveRequest.Item {
    /// The cluster the service is in: the recorded one, or the one the manifest names; `nil` when that does not exist.
    fileprivate func cluster(in world: ObservedWorld) -> String? {
        if let cluster = recorded?.identity.properties[ECSService.clusterProperty] { return cluster }
        guard let name = desired?.attributes["cluster"]?.stringValue else { return nil }
        if name.hasPrefix("arn:") { return name }
        return world.resources[ResourceAddress(kind: .cluster, name: name)]?.identity.id
    }
}

extension AttributeValue {
    fileprivate var isServiceLinkedRole: Bool { stringValue?.contains(":role/aws-service-role/") ?? false }
}
