import Reconciliation
package import ResourceModel

/// The kind `LoadBalancer`: known by its ARN, and by its DNS name, which never changes.
package struct ELBLoadBalancer: ResourceKind {
    let aws: AWSAccess

    package init(_ aws: AWSAccess) {
        self.aws = aws
    }

    package var definition: KindDefinition { Self.definition }
    package var observedAfter: [KindName] { [] }

    /// The property of an identity.
    static let dnsName = "dnsName"

    package static let definition = KindDefinition(
        schema: schema,
        words: PhaseWords(created: "Created", configured: "Listener Configured", final: "Active with Listener"),
        readyPhase: .created,
        verbs: KindVerbs(
            createCalls: ["elbv2:CreateLoadBalancer"], updateCall: "elbv2:ModifyLoadBalancerAttributes",
            deleteCalls: ["elbv2:DeleteLoadBalancer"], replaceOrder: .createFirst),
        replacementNotice: { .changesName($0, $1) },
        checks: checks + [reservedTags])

    var finder: ELBFinder {
        ELBFinder(
            aws: aws, operation: "DescribeLoadBalancers", results: "LoadBalancers", arns: "LoadBalancerArns",
            missing: "LoadBalancerNotFound", arn: "LoadBalancerArn", name: "LoadBalancerName")
    }

    var attributes: ELBAttributes {
        ELBAttributes(aws: aws, noun: "LoadBalancer", defaults: Self.attributeDefaults)
    }
}
