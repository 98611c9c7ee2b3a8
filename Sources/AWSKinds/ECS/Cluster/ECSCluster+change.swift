import AttributeTree
package import Reconciliation
import ResourceModel

extension ECSCluster {
    /// Creating a cluster that exists gives it as it is: whose that is, its tags tell.
    package func create(_ request: CreateRequest) async throws -> ChangeResult {
        var input = Translator.ecs.input(request.attributes, by: Self.schema.spec)
        input["clusterName"] = .string(request.cloudName)
        input["tags"] = Translator.ecs.tags(request)
        let output = try await aws.patiently { try await aws.ecs("CreateCluster", input) }
        let arn = try AWSAnswer(output, of: "ecs:CreateCluster").string("cluster", "clusterArn")
        let found = try await describe([arn]).first.map { OwnerTags(Translator.ecs.map(of: $0["tags"])) }
        try request.expectOwner(in: found)
        return ChangeResult(identity: ResourceIdentity(id: arn))
    }

    package func update(_ request: UpdateRequest) async throws -> ChangeResult {
        let target = ChangeTarget(request, schema: Self.schema, translator: .ecs)
        let cluster = AttributeValue.string(request.identity.id)
        let providers = ["capacityProviders", "defaultCapacityProviderStrategy"]
        if request.fields.contains(where: providers.contains) {
            // Both lists are replaced as a whole, so the one that does not change is sent as it is.
            var input: AttributeValue = ["cluster": cluster]
            for name in providers { input[name] = target.whole(name) ?? [] }
            _ = try await aws.patiently { try await aws.ecs("PutClusterCapacityProviders", input) }
        }
        var input = target.input(except: providers + ["tags"])
        if input != [:] {
            input["cluster"] = cluster
            _ = try await aws.patiently { try await aws.ecs("UpdateCluster", input) }
        }
        try await aws.changeECSTags(target)
        return ChangeResult(identity: request.identity)
    }

    package func delete(_ request: DeleteRequest) async throws {
        try await unlessAbsent("ClusterNotFoundException") {
            // What was in it goes a while after the call that deletes it.
            _ = try await aws.patiently(upTo: .seconds(600)) {
                try await aws.ecs("DeleteCluster", ["cluster": .string(request.identity.id)])
            }
        }
    }
}
