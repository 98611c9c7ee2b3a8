import AWSModel
import AttributeTree

extension ImitatedService {
    /// AWS STS.
    package static let sts = ImitatedService(
        .sts,
        [
            "GetCallerIdentity": { world, _, context in world.getCallerIdentity(context) },
            "AssumeRole": { world, input, context throws(CloudFault) in try world.assumeRole(input, context) },
            "GetSessionToken": { world, input, context throws(CloudFault) in
                try world.getSessionToken(input, context)
            },
            "AssumeRoleWithWebIdentity": { world, _, _ throws(CloudFault) in try world.refuseWebIdentity() },
        ])
}
