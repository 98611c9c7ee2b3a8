import AWSClient
import AWSModel
import AttributeTree
import Testing

struct AWSErrorTests {
    /// An answer that gives no result, and what becomes of it.
    struct Answer: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var operation: (name: String, service: ServiceModel) = ("ListClusters", .ecs)
        var step: ScriptedTransport.Step
        var kind: AWSError.Kind
        var description: String
        var attempts = 1
    }

    private static let loadBalancers = ("DescribeLoadBalancers", ServiceModel.elbv2)

    static let answers: [Answer] = [
        Answer(
            testDescription: "a fault keeps its code, message, status and request",
            step: .fault("ClusterNotFoundException", "Cluster not found.", headers: ["x-amzn-requestid": "r-1"]),
            kind: .fault,
            description: "ecs:ListClusters: ClusterNotFoundException: Cluster not found. (HTTP 400, request r-1)"),
        Answer(
            testDescription: "a code that nobody knows survives", step: .fault("BrandNewException", "Surprise."),
            kind: .fault, description: "ecs:ListClusters: BrandNewException: Surprise. (HTTP 400)"),
        Answer(
            testDescription: "a fault in XML", operation: loadBalancers,
            step: .answer(
                400,
                """
                <ErrorResponse><Error><Type>Sender</Type><Code>LoadBalancerNotFound</Code><Message>None.</Message>\
                </Error><RequestId>r-2</RequestId></ErrorResponse>
                """),
            kind: .fault,
            description: "elbv2:DescribeLoadBalancers: LoadBalancerNotFound: None. (HTTP 400, request r-2)"),
        Answer(
            testDescription: "a fault in XML from a service that speaks JSON",
            step: .answer(
                403, "<ErrorResponse><Error><Code>Denied</Code><Message>No.</Message></Error></ErrorResponse>"),
            kind: .fault, description: "ecs:ListClusters: Denied: No. (HTTP 403)"),
        Answer(
            testDescription: "the page of a proxy",
            step: .answer(403, "<!doctype html><html><title>403 Forbidden</title></html>"),
            kind: .unreadable, description: "ecs:ListClusters: 403: 403 Forbidden (HTTP 403)"),
        Answer(
            testDescription: "a page that says it is a success", step: .answer(200, "<html>welcome</html>"),
            kind: .unreadable, description: "", attempts: 3),
        Answer(
            testDescription: "half a body", step: .answer(200, #"{"clusterArns":["arn"#), kind: .unreadable,
            description: "", attempts: 3),
        Answer(
            testDescription: "a value of the wrong type", step: .answer(200, #"{"clusterArns":"arn"}"#),
            kind: .unreadable,
            description: "ecs:ListClusters: UnreadableAnswer: clusterArns is not a list (HTTP 200, 3 attempts)",
            attempts: 3),
        Answer(
            testDescription: "credentials whose time is over", step: .fault("ExpiredTokenException", "Expired."),
            kind: .expiredCredentials, description: "ecs:ListClusters: ExpiredTokenException: Expired. (HTTP 400)"),
        Answer(
            testDescription: "a peer that cannot prove who it is", step: .fail(.tls), kind: .transport(.tls),
            description: "ecs:ListClusters: TLSFailed: as the script says"),
    ]

    @Test(arguments: answers)
    func keepsWhatIsKnown(_ answer: Answer) async throws {
        let fixture = ClientFixture([answer.step, answer.step, answer.step])
        let error = await #expect(throws: AWSError.self) {
            try await fixture.client.call(answer.operation.name, of: answer.operation.service)
        }
        #expect(error?.kind == answer.kind)
        if !answer.description.isEmpty { #expect(error?.description == answer.description) }
        #expect(error?.attempts == answer.attempts)
    }

    @Test func anInputThatDoesNotFitIsNotSent() async throws {
        let fixture = ClientFixture([])
        let error = await #expect(throws: AWSError.self) {
            try await fixture.client.call("ListClusters", of: .ecs, ["maxResult": 1])
        }
        #expect(error?.kind == .invalidInput)
        #expect(error?.description == "ecs:ListClusters: InvalidInput: unknown member maxResult")
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test func withoutARegionNothingIsSent() async throws {
        let fixture = ClientFixture([], environment: ["AWS_REGION": ""])
        let error = await #expect(throws: AWSError.self) { try await fixture.client.call("ListClusters", of: .ecs) }
        #expect(error?.kind == .noEndpoint)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test func withoutCredentialsNothingIsSent() async throws {
        let fixture = ClientFixture(
            [], environment: ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""])
        let error = await #expect(throws: AWSError.self) { try await fixture.client.call("ListClusters", of: .ecs) }
        #expect(error?.kind == .noCredentials)
        #expect(error?.attempts == 0)
        #expect(fixture.transport.requests.isEmpty)
    }

    private struct ExpiringProvider: CredentialProvider {
        let name = "a provider"

        func credentials() async throws -> CredentialLookup {
            .found(Credentials(signing: ClientFixture.credentials, expiration: 1_440_938_160, source: "a provider"))
        }
    }

    @Test func withExpiredCredentialsNothingIsSent() async throws {
        let fixture = ClientFixture([], credentials: ExpiringProvider())
        let error = await #expect(throws: AWSError.self) { try await fixture.client.call("ListClusters", of: .ecs) }
        #expect(error?.kind == .expiredCredentials)
        #expect(error?.message == "the credentials from a provider have expired")
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test(arguments: [
        ("ecs:CreateService", "ClusterNotFoundException", "Cluster not found.", true),
        ("ecs:DescribeServices", "ClusterNotFoundException", "Cluster not found.", false),
        (
            "ecs:CreateService", "InvalidParameterException",
            "The target group with targetGroupArn arn does not have an associated load balancer.", true
        ),
        ("ecs:CreateService", "InvalidParameterException", "No container app.", false),
        (
            "ecs:RegisterTaskDefinition", "ClientException",
            "Too many concurrent attempts to create a new revision of the specified family.", true
        ),
        ("ecs:RegisterTaskDefinition", "ClientException", "Tags can not be empty", false),
        ("ecs:DeleteCluster", "ClusterContainsTasksException", "", true),
        (
            "elbv2:DeleteTargetGroup", "ResourceInUse",
            "Target group 'arn' is currently in use by a listener or a rule", true
        ),
    ])
    func knowsWhatPassesByItself(_ operation: String, _ code: String, _ message: String, _ passes: Bool) {
        let error = AWSError(operation: operation, kind: .fault, code: code, message: message)
        #expect(error.passesByItself == passes)
    }
}
