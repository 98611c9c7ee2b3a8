import Diagnostics
import Manifests
import Planning
import TestSupport
import Testing

@testable import AWSKinds

/// `manifests/hello` with a mistake in it, and what is said of it before any call.
struct Mistake: Sendable, CustomTestStringConvertible {
    /// The name of the file that has the whole message.
    var testDescription: String
    var replacing: [String: String]

    init(_ testDescription: String, _ replacing: [String: String]) {
        self.testDescription = testDescription
        self.replacing = replacing
    }
}

@Suite("What AWS would refuse is refused before any call", .tags(.small))
struct RefusalTests {
    static let mistakes = [
        Mistake(
            "target group without listener",
            [
                "defaultActions: [{type: forward, targetGroup: web}]":
                    "defaultActions: [{type: fixed-response, fixedResponseConfig: {statusCode: \"404\"}}]"
            ]),
        Mistake("unknown container", ["containerName: app": "containerName: apps"]),
        Mistake("unknown container far from any", ["containerName: app": "containerName: sidecar"]),
        Mistake("unknown container port", ["containerPort: 8080}\n  dep": "containerPort: 80}\n  dep"]),
        Mistake("no container port at all", ["      portMappings: [{containerPort: 8080}]\n": ""]),
        Mistake("instances as targets of awsvpc", ["targetType: ip, ": ""]),
        Mistake("instances as targets of awsvpc in words", ["targetType: ip": "targetType: instance"]),
        Mistake("Fargate without awsvpc", ["networkMode: awsvpc": "networkMode: host"]),
        Mistake("Fargate without any network mode", ["  networkMode: awsvpc\n": ""]),
        Mistake("Fargate without a size", ["  memory: \"512\"\n": ""]),
        Mistake("a CPU that Fargate lacks", ["cpu: \"256\"": "cpu: 0.3 vCPU"]),
        Mistake("memory that Fargate lacks with a small CPU", ["memory: \"512\"": "memory: \"513\""]),
        Mistake("memory that Fargate lacks with a large CPU", ["cpu: \"256\"": "cpu: 8 vCPU"]),
        Mistake(
            "a service on Fargate with a task definition that is not",
            ["  requiresCompatibilities: [FARGATE]\n": ""]),
        Mistake(
            "awsvpc without a network configuration",
            ["  networkConfiguration:\n    awsvpcConfiguration: {subnets: default, assignPublicIp: ENABLED}\n": ""]),
        Mistake(
            "a network configuration without awsvpc",
            [
                "networkMode: awsvpc": "networkMode: bridge", "requiresCompatibilities: [FARGATE]": "volumes: []",
                "launchType: FARGATE": "launchType: EC2",
            ]),
        Mistake(
            "a launch type beside a strategy",
            ["launchType: FARGATE": "launchType: FARGATE\n  capacityProviderStrategy: [{capacityProvider: FARGATE}]"]),
        Mistake(
            "a strategy of Fargate with a task definition that is not",
            [
                "launchType: FARGATE": "capacityProviderStrategy: [{capacityProvider: FARGATE_SPOT}]",
                "  requiresCompatibilities: [FARGATE]\n": "",
            ]),
        Mistake(
            "tags that no manifest can have",
            ["desiredCount: 2": "desiredCount: 2\n  tags: {\"aws:a\": b, \"reconcile:project\": mine, team: web}"]),
        Mistake("a daemon with a count", ["desiredCount: 2": "desiredCount: 2\n  schedulingStrategy: DAEMON"]),
        Mistake(
            "a grace period that is too short",
            ["desiredCount: 2": "desiredCount: 2\n  healthCheckGracePeriodSeconds: 30"]),
        Mistake(
            "a grace period without a load balancer",
            [
                "desiredCount: 2": "desiredCount: 2\n  healthCheckGracePeriodSeconds: 30",
                "  loadBalancers:\n    - {targetGroup: web, containerName: app, containerPort: 8080}\n": "",
            ]),
        Mistake("a timeout not below the interval", ["port: 8080,": "port: 8080, healthCheckTimeoutSeconds: 30,"]),
        Mistake("an interval not above the timeout", ["port: 8080,": "port: 8080, healthCheckIntervalSeconds: 5,"]),
        Mistake("a target group without a port", ["port: 8080, ": ""]),
        Mistake(
            "two hyphens in the name of a target group",
            ["protocol: HTTP, port": "name: web--1, protocol: HTTP, port"]),
        Mistake("a name that AWS keeps for itself", ["type: application": "name: internal-hello, type: application"]),
        Mistake(
            "a name that is too long",
            ["type: application": "name: hello-hello-hello-hello-hello-hello, type: application"]),
        Mistake(
            "a load balancer in one subnet",
            ["internet-facing, subnets: default": "internet-facing, subnets: [subnet-1]"]),
        Mistake(
            "an action that forwards nowhere",
            ["{type: forward, targetGroup: web}": "{type: forward, targetGroup: web}, {type: forward}"]),
        Mistake(
            "more target groups than an action takes",
            [
                "[{type: forward, targetGroup: web}]":
                    "[{type: forward, forwardConfig: {targetGroups: [{targetGroup: web}, {targetGroup: 'arn:1'}, "
                    + "{targetGroup: 'arn:2'}, {targetGroup: 'arn:3'}, {targetGroup: 'arn:4'}, "
                    + "{targetGroup: 'arn:5'}]}}]"
            ]),
        Mistake("HTTPS without a certificate", ["protocol: HTTP\n": "protocol: HTTPS\n"]),
        Mistake(
            "HTTP with a certificate",
            ["protocol: HTTP\n": "protocol: HTTP\n  certificates: [{certificate: 'arn:1'}]\n"]),
        Mistake(
            "two listeners on one port",
            [
                "defaultActions: [{type: forward, targetGroup: web}]":
                    """
                defaultActions: [{type: forward, targetGroup: web}]
                ---
                apiVersion: reconcile/v1
                kind: Listener
                metadata: {name: other}
                spec:
                  loadBalancer: hello
                  protocol: HTTP
                  port: 80
                  defaultActions: [{type: forward, targetGroup: web}]
                """
            ]),
        Mistake(
            "an order after an unknown container",
            [
                "image: reconcile/hello":
                    "image: reconcile/hello\n      dependsOn: [{containerName: db, condition: START}]"
            ]),
        Mistake("another host port with awsvpc", ["{containerPort: 8080}]": "{containerPort: 8080, hostPort: 80}]"]),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told with its place and a remedy`(_ mistake: Mistake) throws {
        let loaded = try manifests("hello", replacing: mistake.replacing)
        let diagnostics = loaded.diagnostics + Planner.validate(loaded.desired, catalog: AWSProvider.catalog)
        let text = DiagnosticRenderer(sources: loaded.sources).render(diagnostics) + "\n"
        let name = mistake.testDescription.replacing(" ", with: "-")
        try Snapshot.expect(text, equals: "Refusals/\(name).txt")
    }

    @Test(arguments: ["hello", "shop"], [nil, "production"])
    func `the manifests to try have no mistakes`(name: String, environment: String?) throws {
        let loaded = try manifests(name, environment: environment)
        let diagnostics = loaded.diagnostics + Planner.validate(loaded.desired, catalog: AWSProvider.catalog)
        #expect(DiagnosticRenderer(sources: loaded.sources).render(diagnostics) == "")
    }
}
