extension ImitatedService {
    /// Every service but S3, which is no table of operations.
    static let all: [ImitatedService] = [.ec2, .ecs, .elbv2, .iam, .logs, .secretsManager, .ssm, .sts, .tagging]
}
