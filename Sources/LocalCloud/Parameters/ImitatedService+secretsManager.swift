import AWSModel
import AttributeTree

extension ImitatedService {
    /// AWS Secrets Manager.
    package static let secretsManager = ImitatedService(
        .secretsmanager,
        [
            "CreateSecret": { world, input, context throws(CloudFault) in try world.createSecret(input, context) },
            "DescribeSecret": { world, input, _ throws(CloudFault) in try world.describeSecret(input) },
            "ListSecrets": { world, input, _ throws(CloudFault) in try world.listSecrets(input) },
            "GetSecretValue": { world, input, context throws(CloudFault) in
                try world.getSecretValue(input, context)
            },
            "PutSecretValue": { world, input, context throws(CloudFault) in
                try world.putSecretValue(input, context)
            },
            "UpdateSecret": { world, input, context throws(CloudFault) in try world.updateSecret(input, context) },
            "DeleteSecret": { world, input, context throws(CloudFault) in try world.deleteSecret(input, context) },
            "RestoreSecret": { world, input, _ throws(CloudFault) in try world.restoreSecret(input) },
        ])
}
