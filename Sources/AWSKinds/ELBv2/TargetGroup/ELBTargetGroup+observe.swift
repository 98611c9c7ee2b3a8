import AttributeTree
package import Planning
package import Reconciliation
package import ResourceModel
package import StateModel

extension ELBTargetGroup {
    package func observe(_ request: ObserveRequest) async throws -> [ResourceAddress: ObservedResource] {
        let described = try await finder.find(request.items)
        let tags = try await aws.elbTags(of: described.values.compactMap { $0["TargetGroupArn"]?.stringValue })
        var found: [ResourceAddress: ObservedResource] = [:]
        for item in request.items {
            guard let description = described[item.address], var observed = Self.observed(description) else { continue }
            observed.take(tags[observed.identity.id])
            observed.attributes["attributes"] = try await attributes.observe(item, arn: observed.identity.id)
            found[item.address] = observed
        }
        return found
    }

    package func find(
        _ intent: Intent, owner: Owner, world: ObservedWorld
    ) async throws -> ObservedResource? {
        guard let description = try await finder.named([intent.cloudName]).values.first,
            var observed = Self.observed(description)
        else { return nil }
        observed.take(try await aws.elbTags(of: [observed.identity.id])[observed.identity.id])
        return observed.owner == Ownership(owner: owner, address: intent.address) ? observed : nil
    }

    /// A target group as AWS describes it, without its tags and attributes.
    static func observed(_ description: AttributeValue) -> ObservedResource? {
        guard let arn = description["TargetGroupArn"]?.stringValue,
            let name = description["TargetGroupName"]?.stringValue
        else { return nil }
        return ObservedResource(
            identity: ResourceIdentity(id: arn), cloudName: name,
            attributes: Translator.elbv2.attributes(description, by: schema.spec), owner: nil)
    }
}
