import AttributeTree
import Foundation
package import Testing

/// ministack: an AWS API whose ECS services run real tasks where it is given a container engine.
///
/// What it does, as seen in 1.5.33 and relied upon by the tests and the demo:
/// - There is one port for everything. A request whose `Host` is a load balancer's DNS name, or `NAME.alb.localhost`, goes
///   through that load balancer; a port in `Host` picks the listener (80 without one, and any listener where none has that
///   port). `/_alb/NAME/…` does the same by path. 503 without targets or listeners, 502 where a target refuses.
/// - The DNS name is `NAME-8CHARACTERS.REGION.elb.amazonaws.com`; a load balancer is `active` at once.
/// - A task's containers run on the engine's default bridge. With `networkMode: awsvpc` no port is published: the target,
///   and `privateIPv4Address` of the task's network interface, is the container's address on the bridge. Other network
///   modes publish the host port, or the container port where there is none.
/// - An image is pulled first, and taken from the engine's own images where that fails: any name will do that does not
///   resolve, such as `registry.example/hello:1.0`.
/// - A task is `RUNNING` when its container has started, and is registered then; a target is always "healthy". A stopping
///   container gets SIGTERM and five seconds.
/// - A rolling update starts tasks one after the other, about a second each, and stops the others when all run. The first
///   deployment of a service reads `COMPLETED` before its tasks run.
/// - `DescribeVpcs`, `DescribeSubnets` and `DescribeSecurityGroups` know a default VPC (`vpc-00000001`) with three subnets
///   (`DefaultForAz`) and the group `default`; the filters `is-default`, `vpc-id` and `group-name` work.
/// - Without an engine services are complete at once, with no tasks behind their counts and no targets.
package struct Ministack: Sendable {
    package var access: AWSAccess
    package var aws: AWSCLI { AWSCLI(access) }

    package static func isInstalled(_ sourceLocation: SourceLocation = #_sourceLocation) -> ConditionTrait {
        PythonPrograms.areInstalled(sourceLocation)
    }

    /// Starts an empty one, and ends it after `body`.
    ///
    /// - Parameter authenticating: checks signatures; `access` then holds the key of an IAM user, as ministack exempts the
    ///   root key from checking.
    package static func run<Result: Sendable>(
        authenticating: Bool = false, engine: ContainerEngine? = nil, _ body: (Ministack) async throws -> Result
    ) async throws -> Result {
        let port = try FreePort.find()
        let root = AWSAccess(port: port, accessKeyID: "test", secretAccessKey: "test")
        var environment = [
            "RECONCILE_TEST_VENV": try #require(PythonPrograms.directory).path, "AWS_REGION": root.region,
            "AUTH": authenticating ? "true" : "false",
        ]
        environment["DOCKER_HOST"] = engine?.host ?? ""
        return try await BackgroundServer.run(
            [Tool.path("backends/ministack.sh"), "\(port)"], environment: environment,
            isReady: { (try? await LoopbackRequest(port: port, path: "/_ministack/health").send().status) == 200 }
        ) {
            let access = authenticating ? try await administrator(root) : root
            return try await body(Ministack(access: access))
        }
    }

    /// What a load balancer answers to a GET request.
    ///
    /// - Parameter dnsName: the load balancer's, as DescribeLoadBalancers gives it.
    package func get(_ path: String = "/", from dnsName: String, port: Int = 80) async throws -> LoopbackRequest.Answer
    {
        try await LoopbackRequest(port: access.port, path: path, host: "\(dnsName):\(port)").send()
    }

    /// The key of a user that may do everything.
    private static func administrator(_ root: AWSAccess) async throws -> AWSAccess {
        let aws = AWSCLI(root)
        let name = "administrator"
        try await aws("iam", "create-user", "--user-name", name)
        try await aws(
            "iam", "attach-user-policy", "--user-name", name, "--policy-arn",
            "arn:aws:iam::aws:policy/AdministratorAccess")
        let key = try await aws("iam", "create-access-key", "--user-name", name)["AccessKey"]
        return AWSAccess(
            port: root.port, accessKeyID: try #require(key?["AccessKeyId"]?.stringValue),
            secretAccessKey: try #require(key?["SecretAccessKey"]?.stringValue), region: root.region)
    }
}
