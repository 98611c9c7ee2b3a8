import Reconciliation
package import ResourceModel

/// The kind `TargetGroup`: known by its ARN.
package struct ELBTargetGroup: ResourceKind {
    let aws: AWSAccess

    package init(_ aws: AWSAccess) {
        self.aws = aws
    }

    package var definition: KindDefinition { Self.definition }
    package var observedAfter: [KindName] { [] }

    package static let definition = KindDefinition(
        schema: schema,
        words: PhaseWords(created: "Created", configured: "Targets Registered", final: "Healthy Targets"),
        readyPhase: .created,
        verbs: KindVerbs(
            createCalls: ["elbv2:CreateTargetGroup"], updateCall: "elbv2:ModifyTargetGroup",
            deleteCalls: ["elbv2:DeleteTargetGroup"], replaceOrder: .createFirst),
        checks: checks + [reservedTags])

    var finder: ELBFinder {
        ELBFinder(
            aws: aws, operation: "DescribeTargetGroups", results: "TargetGroups", arns: "TargetGroupArns",
            missing: "TargetGroupNotFound", arn: "TargetGroupArn", name: "TargetGroupName")
    }

    var attributes: ELBAttributes {
        ELBAttributes(aws: aws, noun: "TargetGroup", defaults: Self.attributeDefaults)
    }
}
