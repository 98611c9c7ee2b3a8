import AWSClient
import AWSModel
import AttributeTree
package import Planning
package import Reconciliation
package import ResourceModel
package import StateModel

extension ECSTaskDefinition {
    package func observe(_ request: ObserveRequest) async throws -> [ResourceAddress: ObservedResource] {
        let running = Set(request.world.resources.values.compactMap { $0.attributes["taskDefinition"]?.stringValue })
        var found: [ResourceAddress: ObservedResource] = [:]
        for item in request.items {
            guard let recorded = item.recorded else { continue }
            if running.contains(recorded.identity.id) {
                found[item.address] = recorded.asObserved(owner: nil)
            } else if let described = try await describe(recorded.identity.id) {
                found[item.address] = recorded.asObserved(owner: described.owner)
            }
        }
        for item in try await existingFamilies(among: request.items.filter { $0.recorded == nil }) {
            found[item.address] = try await item.desired.map(\.cloudName).asyncFlatMap { try await describe($0) }
        }
        return found
    }

    /// The revision that was to be deleted; else the newest of the family, when it carries the hash of what was to be
    /// registered.
    package func find(
        _ intent: Intent, owner: Owner, world: ObservedWorld
    ) async throws -> ObservedResource? {
        if let identity = intent.identity { return try await describe(identity.id) }
        guard let output = try await describeOutput(intent.cloudName),
            Translator.ecs.map(of: output["tags"])[Self.contentTag] == intent.contentHash,
            let found = Self.observed(output), found.owner == Ownership(owner: owner, address: intent.address)
        else { return nil }
        return found
    }

    /// By the ARN of a revision, or the name of a family for its newest; `nil` unless it is active.
    func describe(_ name: String) async throws -> ObservedResource? {
        try await describeOutput(name).flatMap(Self.observed)
    }

    private func describeOutput(_ name: String) async throws -> AttributeValue? {
        do {
            let output = try await aws.ecs(
                "DescribeTaskDefinition", ["taskDefinition": .string(name), "include": ["TAGS"]])
            return output["taskDefinition"]?["status"] == "ACTIVE" ? output : nil
        } catch let error as AWSError where error.kind == .fault && error.code == "ClientException" {
            // "Unable to describe task definition": ECS has no other code for what does not exist.
            return nil
        }
    }

    /// Those whose family exists. A few are not worth the list of all families.
    private func existingFamilies(among items: [ObserveRequest.Item]) async throws -> [ObserveRequest.Item] {
        guard items.count > 4 else { return items }
        let output = try await aws.calling.pages(
            "ListTaskDefinitionFamilies", of: .ecs, ["status": "ACTIVE", "maxResults": 100])
        let families = Set((output["families"] ?? []).strings)
        return items.filter { $0.desired.map { families.contains($0.cloudName) } ?? false }
    }

    static func observed(_ output: AttributeValue) -> ObservedResource? {
        guard let definition = output["taskDefinition"], let arn = definition["taskDefinitionArn"]?.stringValue,
            let family = definition["family"]?.stringValue
        else { return nil }
        let tags = OwnerTags(Translator.ecs.map(of: output["tags"]))
        var attributes = Translator.ecs.attributes(definition, by: schema.spec)
        attributes["tags"] = tags.others
        return ObservedResource(
            identity: ResourceIdentity(id: arn), cloudName: family, attributes: attributes, owner: tags.ownership)
    }
}

extension RecordedResource {
    /// What is known to be there as it was made.
    fileprivate func asObserved(owner: Ownership?) -> ObservedResource {
        ObservedResource(identity: identity, cloudName: cloudName, attributes: attributes, owner: owner)
    }
}

extension Optional {
    fileprivate func asyncFlatMap<Result>(
        _ transform: (Wrapped) async throws -> Result?
    ) async rethrows -> Result? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
