import AWSModel
import AttributeTree

extension ImitatedService {
    /// The parameter store of AWS Systems Manager.
    package static let ssm = ImitatedService(
        .ssm,
        [
            "PutParameter": { world, input, context throws(CloudFault) in try world.putParameter(input, context) },
            "GetParameter": { world, input, _ throws(CloudFault) in try world.getParameter(input) },
            "GetParameters": { world, input, _ in world.getParameters(input) },
            "GetParametersByPath": { world, input, _ throws(CloudFault) in try world.getParametersByPath(input) },
            "DescribeParameters": { world, input, _ throws(CloudFault) in try world.describeParameters(input) },
            "DeleteParameter": { world, input, _ throws(CloudFault) in try world.deleteParameter(input) },
            "DeleteParameters": { world, input, _ in world.deleteParameters(input) },
        ])
}
