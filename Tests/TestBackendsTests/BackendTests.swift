import AttributeTree
import Foundation
import TestBackends
import TestSupport
import Testing

@Suite(.tags(.large), .timeLimit(.minutes(3)))
struct BackendTests {
    @Test("moto answers, and is gone afterwards", Moto.isInstalled())
    func moto() async throws {
        let port = try await Moto.run { moto in
            let clusters = try await moto.aws("ecs", "list-clusters")
            #expect(clusters == ["clusterArns": []])
            return moto.access.port
        }
        await #expect(throws: POSIXError.self) { try await LoopbackRequest(port: port).send() }
    }

    @Test("ministack refuses a signature made with another key", Ministack.isInstalled())
    func signatures() async throws {
        try await Ministack.run(authenticating: true) { ministack in
            let clusters = try await ministack.aws("ecs", "list-clusters")
            #expect(clusters == ["clusterArns": []])
            var access = ministack.access
            access.secretAccessKey = "another"
            let failure = await #expect(throws: AWSCLI.Failure.self) {
                try await AWSCLI(access)("ecs", "list-clusters")
            }
            #expect(failure?.message.contains("InvalidSignatureException") == true, "\(failure?.message ?? "")")
        }
    }

    @Test("A task of ministack answers through its load balancer", Ministack.isInstalled())
    func traffic() async throws {
        try await ContainerEngine.run(helloTags: ["1.0"]) { engine in
            try await Ministack.run(authenticating: true, engine: engine) { ministack in
                let dnsName = try await serveHello(with: ministack.aws)
                // Until there is a target, and it listens.
                let answer = try await eventually("an answer of the task") {
                    try await ministack.get(from: dnsName)
                } until: {
                    $0.status == 200
                }
                #expect(answer.body.hasPrefix("hello 1.0 from "))
                let health = try await ministack.get("/healthz", from: dnsName)
                #expect(health.body == "ok\n")
            }
        }
    }
}

/// Creates a service behind a load balancer and returns the load balancer's DNS name.
private func serveHello(with aws: AWSCLI) async throws -> String {
    let subnet = try #require(try await aws("ec2", "describe-subnets")["Subnets"]?[0]?["SubnetId"]?.stringValue)
    let balancer = try await aws(
        "elbv2", "create-load-balancer", "--name", "hello", "--subnets", subnet)["LoadBalancers"]?[0]
    let group = try await aws(
        "elbv2", "create-target-group", "--name", "web", "--protocol", "HTTP", "--port", "8080", "--target-type", "ip",
        "--vpc-id", "vpc-00000001")["TargetGroups"]?[0]
    let balancerARN = try #require(balancer?["LoadBalancerArn"]?.stringValue)
    let groupARN = try #require(group?["TargetGroupArn"]?.stringValue)
    try await aws(
        "elbv2", "create-listener", "--load-balancer-arn", balancerARN, "--protocol", "HTTP", "--port", "80",
        "--default-actions", "Type=forward,TargetGroupArn=\(groupARN)")
    try await aws("ecs", "create-cluster", "--cluster-name", "hello")
    try await aws(
        "ecs", "register-task-definition", "--family", "web", "--cpu", "256", "--memory", "512", "--network-mode",
        "awsvpc", "--requires-compatibilities", "FARGATE", "--container-definitions",
        #"[{"name":"app","image":"\#(ContainerEngine.helloRepository):1.0","portMappings":[{"containerPort":8080}]}]"#)
    try await aws(
        "ecs", "create-service", "--cluster", "hello", "--service-name", "web", "--task-definition", "web",
        "--desired-count", "1", "--launch-type", "FARGATE", "--network-configuration",
        "awsvpcConfiguration={subnets=[\(subnet)]}", "--load-balancers",
        "targetGroupArn=\(groupARN),containerName=app,containerPort=8080")
    return try #require(balancer?["DNSName"]?.stringValue)
}
