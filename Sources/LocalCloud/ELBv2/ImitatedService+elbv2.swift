import AWSModel

extension ImitatedService {
    /// Elastic Load Balancing with Application Load Balancers.
    package static let elbv2 = ImitatedService(
        .elbv2,
        [
            "CreateLoadBalancer": LoadBalancerCalls.create,
            "DescribeLoadBalancers": LoadBalancerCalls.describe,
            "DeleteLoadBalancer": LoadBalancerCalls.delete,
            "SetSubnets": LoadBalancerCalls.setSubnets,
            "SetSecurityGroups": LoadBalancerCalls.setSecurityGroups,
            "SetIpAddressType": LoadBalancerCalls.setIPAddressType,
            "ModifyIpPools": LoadBalancerCalls.modifyIPPools,
            "DescribeLoadBalancerAttributes": LoadBalancerCalls.describeAttributes,
            "ModifyLoadBalancerAttributes": LoadBalancerCalls.modifyAttributes,
            "DescribeCapacityReservation": LoadBalancerCalls.describeCapacity,
            "ModifyCapacityReservation": LoadBalancerCalls.modifyCapacity,

            "CreateTargetGroup": TargetGroupCalls.create,
            "DescribeTargetGroups": TargetGroupCalls.describe,
            "ModifyTargetGroup": TargetGroupCalls.modify,
            "DeleteTargetGroup": TargetGroupCalls.delete,
            "DescribeTargetGroupAttributes": TargetGroupCalls.describeAttributes,
            "ModifyTargetGroupAttributes": TargetGroupCalls.modifyAttributes,

            "RegisterTargets": TargetCalls.register,
            "DeregisterTargets": TargetCalls.deregister,
            "DescribeTargetHealth": TargetCalls.describeHealth,

            "CreateListener": ListenerCalls.create,
            "DescribeListeners": ListenerCalls.describe,
            "ModifyListener": ListenerCalls.modify,
            "DeleteListener": ListenerCalls.delete,
            "DescribeListenerAttributes": ListenerCalls.describeAttributes,
            "ModifyListenerAttributes": ListenerCalls.modifyAttributes,
            "AddListenerCertificates": ListenerCalls.addCertificates,
            "RemoveListenerCertificates": ListenerCalls.removeCertificates,
            "DescribeListenerCertificates": ListenerCalls.describeCertificates,

            "CreateRule": RuleCalls.create,
            "DescribeRules": RuleCalls.describe,
            "ModifyRule": RuleCalls.modify,
            "DeleteRule": RuleCalls.delete,
            "SetRulePriorities": RuleCalls.setPriorities,

            "AddTags": BalancingTagCalls.add,
            "RemoveTags": BalancingTagCalls.remove,
            "DescribeTags": BalancingTagCalls.describe,

            "DescribeAccountLimits": BalancingLimitCalls.describeLimits,
            "DescribeSSLPolicies": BalancingLimitCalls.describePolicies,
        ])
}
