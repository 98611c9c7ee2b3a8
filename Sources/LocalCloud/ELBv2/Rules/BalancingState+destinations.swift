/// What the actions of one load balancer may send to.
extension BalancingState {
    /// The most target groups of one load balancer.
    private static let groupLimit = 100

    /// - Throws: a refusal when the action forwards to a target group that does not exist, is in another VPC, or is
    ///   another load balancer's.
    func checkDestinations(of action: RuleAction, for loadBalancerARN: String) throws(CloudFault) {
        let arns = action.targetGroupARNs
        for arn in arns where targetGroups[arn] == nil { throw .targetGroupsNotFound }
        let vpc = loadBalancers[loadBalancerARN]?.vpcID
        let outside = arns.filter { targetGroups[$0]?.vpcID != vpc }
        guard outside.isEmpty else {
            throw .invalidConfiguration(
                "The following target groups are in a different VPC than load balancer \(loadBalancerARN): "
                    + outside.joined(separator: ", "))
        }
        let taken = arns.filter { users[$0].map { $0 != loadBalancerARN } ?? false }
        guard taken.isEmpty else {
            throw CloudFault(
                "TargetGroupAssociationLimit",
                "The following target groups cannot be associated with more than one load balancer: "
                    + taken.joined(separator: ", "))
        }
        let used = Set(users.filter { $0.value == loadBalancerARN }.keys).union(arns)
        guard used.count <= Self.groupLimit else {
            throw .tooMany(
                "TooManyUniqueTargetGroupsPerLoadBalancer", "target groups per load balancer", limit: Self.groupLimit)
        }
    }
}
