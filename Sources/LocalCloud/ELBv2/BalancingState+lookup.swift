import AttributeTree

/// What a call names, or the refusal of AWS when there is no such thing.
extension BalancingState {
    func loadBalancer(in input: AttributeValue) throws(CloudFault) -> LoadBalancerRecord {
        let arn = input.text("LoadBalancerArn") ?? ""
        try BalancingResource.loadBalancer.check(arn)
        guard let found = loadBalancers[arn] else { throw .loadBalancerNotFound([arn]) }
        return found
    }

    func targetGroup(in input: AttributeValue) throws(CloudFault) -> TargetGroupRecord {
        let arn = input.text("TargetGroupArn") ?? ""
        try BalancingResource.targetGroup.check(arn)
        guard let found = targetGroups[arn] else { throw .targetGroupsNotFound }
        return found
    }

    func listener(in input: AttributeValue) throws(CloudFault) -> ListenerRecord {
        let arn = input.text("ListenerArn") ?? ""
        try BalancingResource.listener.check(arn)
        guard let found = listeners[arn] else { throw .listenersNotFound }
        return found
    }

    func rule(in input: AttributeValue) throws(CloudFault) -> RuleRecord {
        let arn = input.text("RuleArn") ?? ""
        try BalancingResource.rule.check(arn)
        guard let found = rule(arn) else { throw .rulesNotFound }
        return found
    }

    /// A part of a long list, as all `Describe` operations give it out.
    func page(
        of results: [AttributeValue], as member: String, _ input: AttributeValue
    ) throws(CloudFault) -> AttributeValue {
        let marker = input.text("Marker")
        let page = try Page(
            of: results, token: marker, limit: input["PageSize"]?.intValue ?? 400,
            invalid: .validation("Invalid marker '\(marker ?? "")'"))
        return .structure([member: .list(page.elements), "NextMarker": page.nextToken.map { .string($0) }])
    }
}
