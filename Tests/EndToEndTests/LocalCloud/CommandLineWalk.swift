import AttributeTree
import TestBackends
import Testing

/// The life of a service as the AWS CLI lives it.
///
/// The CLI's waiters ask every 15 seconds of ours: what takes time is waited for with boto3 before, which asks more often.
struct CommandLineWalk: Sendable {
    private let stage: BotoStage
    private var aws: AWSCLI { stage.cloud.aws }

    init(_ stage: BotoStage) {
        self.stage = stage
    }

    func run() async throws {
        let subnets = (stage.subnets.listValue ?? []).compactMap(\.stringValue)
        let made = try await aws.each([
            ["ec2", "describe-vpcs", "--filters", "Name=is-default,Values=true"],
            ["ecs", "create-cluster", "--cluster-name", "walk"],
            ["ecs", "register-task-definition", "--cli-input-json", BotoStage.hello().jsonText()],
            ["elbv2", "create-load-balancer", "--name", "front", "--subnets"] + subnets,
        ])
        let balancer = try #require(made[3]["LoadBalancers"]?[0])
        let balancerARN = balancer["LoadBalancerArn"]?.stringValue ?? ""
        let group = try await createTargetGroup(vpc: made[0]["Vpcs"]?[0]?["VpcId"]?.stringValue ?? "")
        try await createService(balancerARN: balancerARN, targetGroup: group)

        let name = try #require(balancer["DNSName"]?.stringValue)
        try await stage.boto3.wait("elbv2", until: "target_in_service", ["TargetGroupArn": .string(group)])
        try await aws.each([
            ["elbv2", "wait", "load-balancer-available", "--names", "front"],
            ["elbv2", "wait", "target-in-service", "--target-group-arn", group],
            ["ecs", "wait", "services-stable", "--cluster", "walk", "--services", "web"],
        ])
        #expect(try await stage.cloud.get(from: name).body.contains("(version 1)"))
        try await update(dnsName: name)
        try await delete(balancerARN: balancerARN, targetGroup: group)
    }

    private func createTargetGroup(vpc: String) async throws -> String {
        let answer = try await aws(
            "elbv2", "create-target-group", "--name", "web", "--protocol", "HTTP", "--port", "8080", "--target-type",
            "ip", "--vpc-id", vpc, "--health-check-path", "/healthz")
        return try #require(answer["TargetGroups"]?[0]?["TargetGroupArn"]?.stringValue)
    }

    private func createService(balancerARN: String, targetGroup: String) async throws {
        let subnets = (stage.subnets.listValue ?? []).compactMap(\.stringValue).joined(separator: ",")
        let balanced = "targetGroupArn=\(targetGroup),containerName=app,containerPort=8080"
        let created = try await aws.each([
            [
                "elbv2", "modify-target-group-attributes", "--target-group-arn", targetGroup, "--attributes",
                "Key=deregistration_delay.timeout_seconds,Value=30",
            ],
            [
                "elbv2", "create-listener", "--load-balancer-arn", balancerARN, "--protocol", "HTTP", "--port", "80",
                "--default-actions", "Type=forward,TargetGroupArn=\(targetGroup)",
            ],
            [
                "ecs", "create-service", "--cluster", "walk", "--service-name", "web", "--task-definition", "hello",
                "--desired-count", "1", "--launch-type", "FARGATE", "--network-configuration",
                "awsvpcConfiguration={subnets=[\(subnets)],assignPublicIp=ENABLED}", "--load-balancers", balanced,
            ],
        ])
        #expect(created[2]["service"]?["status"] == "ACTIVE")
    }

    private func update(dnsName: String) async throws {
        let updated = try await aws.each([
            [
                "ecs", "register-task-definition", "--cli-input-json",
                BotoStage.hello(["VERSION": "2"]).jsonText(),
            ],
            ["ecs", "update-service", "--cluster", "walk", "--service", "web", "--task-definition", "hello:2"],
        ])
        #expect(updated[1]["service"]?["deployments"]?.listValue?.count == 2)
        try await stage.boto3.wait("ecs", until: "services_stable", ["cluster": "walk", "services": ["web"]])
        try await aws("ecs", "wait", "services-stable", "--cluster", "walk", "--services", "web")
        #expect(try await stage.cloud.get(from: dnsName).body.contains("(version 2)"))
    }

    private func delete(balancerARN: String, targetGroup: String) async throws {
        try await aws("ecs", "delete-service", "--cluster", "walk", "--service", "web", "--force")
        try await stage.boto3.wait("ecs", until: "services_inactive", ["cluster": "walk", "services": ["web"]])
        try await aws.each([
            ["ecs", "wait", "services-inactive", "--cluster", "walk", "--services", "web"],
            ["elbv2", "delete-load-balancer", "--load-balancer-arn", balancerARN],
            ["elbv2", "wait", "load-balancers-deleted", "--load-balancer-arns", balancerARN],
            ["elbv2", "delete-target-group", "--target-group-arn", targetGroup],
            ["ecs", "delete-cluster", "--cluster", "walk"],
            ["ecs", "deregister-task-definition", "--task-definition", "hello:1"],
            ["ecs", "deregister-task-definition", "--task-definition", "hello:2"],
        ])
    }
}
