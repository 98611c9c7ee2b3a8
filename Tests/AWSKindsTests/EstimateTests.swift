import AttributeTree
import Manifests
import ResourceModel
import TestSupport
import Testing

@testable import AWSKinds

@Suite("How long a deployment can be expected to take", .tags(.small))
struct EstimateTests {
    /// `manifests/hello` with replacements, and the sentences for a deployment in which earlier tasks leave.
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var replacing: [String: String] = [:]
        var sentences: [String]
    }

    private static let healthy = "expect 2m 30s until new tasks are healthy: 5 health checks, 30s apart"
    private static let gone =
        "expect up to 5m 30s until earlier tasks have left: a deregistration delay of 5m, then up to 30s to stop"
    private static let loadBalancers =
        "\n  loadBalancers:\n    - {targetGroup: web, containerName: app, containerPort: 8080}"

    @Test(arguments: [
        Row(testDescription: "with AWS's defaults", sentences: [healthy, gone]),
        Row(
            testDescription: "with other health checks",
            replacing: ["/healthz}": "/healthz, healthCheckIntervalSeconds: 10, healthyThresholdCount: 2}"],
            sentences: ["expect 20s until new tasks are healthy: 2 health checks, 10s apart", gone]),
        Row(
            testDescription: "with another delay and more time to stop",
            replacing: [
                "/healthz}": "/healthz, attributes: {deregistration_delay.timeout_seconds: 60}}",
                "name: app": "name: app\n      stopTimeout: 120",
            ],
            sentences: [
                healthy,
                "expect up to 3m until earlier tasks have left: a deregistration delay of 1m, then up to 2m to stop",
            ]),
        Row(
            testDescription: "without a delay",
            replacing: ["/healthz}": "/healthz, attributes: {deregistration_delay.timeout_seconds: 0}}"],
            sentences: [healthy]),
        Row(
            testDescription: "without a load balancer, where only time tells", replacing: [loadBalancers: ""],
            sentences: ["expect 40s until new tasks that run count as healthy"]),
        Row(
            testDescription: "without a load balancer, where the container is checked",
            replacing: [loadBalancers: "", "name: app": "name: app\n      healthCheck: {command: [CMD, ok]}"],
            sentences: []),
    ])
    func `is what the manifests and AWS's defaults say`(_ row: Row) throws {
        let desired = try manifests("hello", replacing: row.replacing).desired
        let service = try #require(desired[ResourceAddress(kind: .service, name: "web")])
        #expect(ECSService.expectedTimes(service, desired, true) == row.sentences)
        #expect(ECSService.expectedTimes(service, desired, false) == row.sentences.filter { !$0.contains("earlier") })
    }
}
