import AttributeTree

extension LoadBalancerCalls {
    /// The most names or ARNs in one call.
    private static let limit = 20

    static func describe(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let arns = input.texts("LoadBalancerArns")
        let names = input.texts("Names")
        guard arns.isEmpty || names.isEmpty else {
            throw .validation("Load balancer names and load balancer ARNs cannot be specified at the same time")
        }
        guard max(arns.count, names.count) <= limit else {
            throw .validation("The number of load balancers '\(max(arns.count, names.count))' exceeds '\(limit)'")
        }
        for arn in arns { try BalancingResource.loadBalancer.check(arn) }
        let all = world.balancing.loadBalancers.values
        let found = all.filter {
            arns.isEmpty && names.isEmpty || arns.contains($0.arn) || names.contains($0.name)
        }
        let missing = Set(arns + names).subtracting(found.flatMap { [$0.arn, $0.name] })
        guard missing.isEmpty else { throw .loadBalancerNotFound(missing.sorted()) }
        return try world.balancing.page(of: found.map { $0.output(at: context.now) }, as: "LoadBalancers", input)
    }

    /// Deletes a load balancer with its listeners and their rules; succeeds where there is none.
    static func delete(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let arn = input.text("LoadBalancerArn") ?? ""
        try BalancingResource.loadBalancer.check(arn)
        guard let found = world.balancing.loadBalancers[arn] else { return [:] }
        if AttributeSchema.loadBalancer.isOn("deletion_protection.enabled", in: found.attributes) {
            throw CloudFault(
                "OperationNotPermitted",
                "Load balancer '\(arn)' cannot be deleted because deletion protection is enabled")
        }
        world.balancing.removeListeners(Set(world.balancing.listeners(of: arn).map(\.arn)))
        world.balancing.loadBalancers[arn] = nil
        world.releaseBalancerAddress(found.address)
        return [:]
    }
}
