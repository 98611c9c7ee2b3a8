import AWSModel
import AttributeTree

extension ImitatedService {
    /// Amazon EC2, as far as others stand in its network.
    package static let ec2 = ImitatedService(.ec2, networkOperations.mapValues { orDryRun($0) })

    private static let networkOperations: [String: OperationHandler] = [
        "DescribeVpcs": { world, input, _ throws(CloudFault) in try world.describeVPCs(input) },
        "DescribeSubnets": { world, input, _ throws(CloudFault) in try world.describeSubnets(input) },
        "DescribeAvailabilityZones": { world, input, _ throws(CloudFault) in
            try world.describeAvailabilityZones(input)
        },
        "DescribeAccountAttributes": { world, input, _ in world.describeAccountAttributes(input) },
        "DescribeNetworkInterfaces": { world, input, _ throws(CloudFault) in
            try world.describeNetworkInterfaces(input)
        },
        "DescribeSecurityGroups": { world, input, _ throws(CloudFault) in
            try world.describeSecurityGroups(input)
        },
        "CreateSecurityGroup": { world, input, context throws(CloudFault) in
            try world.createSecurityGroup(input, context)
        },
        "DeleteSecurityGroup": { world, input, _ throws(CloudFault) in try world.deleteSecurityGroup(input) },
        "AuthorizeSecurityGroupIngress": { world, input, context throws(CloudFault) in
            try world.authorize(input, context, isEgress: false)
        },
        "AuthorizeSecurityGroupEgress": { world, input, context throws(CloudFault) in
            try world.authorize(input, context, isEgress: true)
        },
        "RevokeSecurityGroupIngress": { world, input, _ throws(CloudFault) in
            try world.revoke(input, isEgress: false)
        },
        "RevokeSecurityGroupEgress": { world, input, _ throws(CloudFault) in
            try world.revoke(input, isEgress: true)
        },
    ]

    /// A call with `DryRun` only tells that it would have been done.
    private static func orDryRun(_ handler: @escaping OperationHandler) -> OperationHandler {
        { world, input, context throws(CloudFault) in
            guard input["DryRun"] == true else { return try handler(&world, input, context) }
            throw CloudFault(
                "DryRunOperation", "Request would have succeeded, but DryRun flag is set.", status: 412)
        }
    }
}
