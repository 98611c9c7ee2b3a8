import AttributeTree
import Planning
import ResourceModel
import TestSupport
import Testing

/// The tables of AWS's API reference: what can be changed in place, what starts a deployment, what needs a replacement.
@Suite("What a change does", .tags(.small))
struct EffectTests {
    /// A change of one kind's manifest, from one spec to the other, and what the plan says of it.
    struct Row: Sendable, CustomTestStringConvertible {
        var kind: KindName
        /// What both specs have, without its braces.
        var around: String
        var from: String
        var to: String
        var outcome: String

        init(_ kind: KindName, _ around: String, _ from: String, _ to: String, _ outcome: String) {
            (self.kind, self.around, self.from, self.to, self.outcome) = (kind, around, from, to, outcome)
        }

        var testDescription: String { "\(kind): \(from.isEmpty ? "nothing" : from) → \(to.isEmpty ? "nothing" : to)" }
        func spec(_ text: String) -> String { "{\([around, text].filter { !$0.isEmpty }.joined(separator: ", "))}" }
    }

    static let cluster = [
        Row(
            "Cluster", "", "", "settings: [{name: containerInsights, value: enhanced}]", "in place by ecs:UpdateCluster"
        ),
        Row("Cluster", "", "settings: [{name: containerInsights, value: enabled}]", "", "nothing"),
        Row(
            "Cluster", "", "capacityProviders: [FARGATE]", "capacityProviders: [FARGATE, FARGATE_SPOT]",
            "in place by ecs:PutClusterCapacityProviders"),
        Row(
            "Cluster", "capacityProviders: [FARGATE]", "",
            "defaultCapacityProviderStrategy: [{capacityProvider: FARGATE}]",
            "in place by ecs:PutClusterCapacityProviders"),
        Row("Cluster", "", "serviceConnectDefaults: {namespace: a}", "", "in place by ecs:UpdateCluster"),
        Row(
            "Cluster", "", "", "configuration: {executeCommandConfiguration: {logging: NONE}}",
            "in place by ecs:UpdateCluster"),
        Row("Cluster", "", "tags: {a: b}", "tags: {a: c}", "in place by ecs:TagResource"),
        Row("Cluster", "", "tags: {a: b}", "", "in place by ecs:UntagResource"),
        Row("Cluster", "", "tags: {a: b}", "tags: {c: d}", "in place by ecs:UntagResource, ecs:TagResource"),
    ]

    private static let container = "containerDefinitions: [{name: app, image: a}]"
    static let taskDefinition = [
        Row(
            "TaskDefinition", "", container, "containerDefinitions: [{name: app, image: b}]",
            "new revision by ecs:RegisterTaskDefinition"),
        Row("TaskDefinition", container, "cpu: 256", "cpu: 512", "new revision by ecs:RegisterTaskDefinition"),
        Row("TaskDefinition", container, "family: a", "family: b", "new revision by ecs:RegisterTaskDefinition"),
        // The one thing of a revision that can be changed.
        Row("TaskDefinition", container, "tags: {a: b}", "tags: {a: c}", "in place by ecs:TagResource"),
        Row(
            "TaskDefinition", container, "cpu: 256, tags: {a: b}", "cpu: 512, tags: {a: c}",
            "new revision by ecs:RegisterTaskDefinition"),
        Row("TaskDefinition", container, "keepRevisions: 3", "keepRevisions: 4", "nothing"),
    ]

    private static let service = "cluster: \"arn:c\", taskDefinition: \"arn:t\""
    private static func service(_ from: String, _ to: String, _ outcome: String) -> Row {
        Row("Service", service, from, to, outcome)
    }
    private static let network = "networkConfiguration: {awsvpcConfiguration: {subnets: default"

    static let services = [
        Row(
            "Service", "taskDefinition: \"arn:t\"", "cluster: \"arn:c\"", "cluster: \"arn:d\"",
            "replaced, deleted first, for cluster"),
        service("serviceName: a", "serviceName: b", "replaced, deleted first, for serviceName"),
        service(
            "schedulingStrategy: REPLICA", "schedulingStrategy: DAEMON",
            "replaced, deleted first, for schedulingStrategy"),
        service("role: \"arn:a\"", "role: \"arn:b\"", "replaced, deleted first, for role"),
        // There is no launch type in `UpdateService`, but a service goes to a strategy and back.
        service("launchType: EC2", "launchType: FARGATE", "replaced, deleted first, for launchType"),
        service("launchType: FARGATE", "", "nothing"),
        service(
            "launchType: FARGATE", "capacityProviderStrategy: [{capacityProvider: FARGATE_SPOT}]",
            "tasks roll by ecs:UpdateService"),
        service(
            "capacityProviderStrategy: [{capacityProvider: FARGATE_SPOT}]", "launchType: FARGATE",
            "tasks roll by ecs:UpdateService"),
        service(
            "capacityProviderStrategy: [{capacityProvider: A, weight: 1}]",
            "capacityProviderStrategy: [{capacityProvider: A, weight: 2}]", "tasks roll by ecs:UpdateService"),
        // What AWS documents to start a deployment.
        Row(
            "Service", "cluster: \"arn:c\"", "taskDefinition: \"arn:t:1\"", "taskDefinition: \"arn:t:2\"",
            "tasks roll by ecs:UpdateService"),
        service("\(network)}}", "\(network), assignPublicIp: ENABLED}}", "tasks roll by ecs:UpdateService"),
        service("platformVersion: 1.3.0", "platformVersion: 1.4.0", "tasks roll by ecs:UpdateService"),
        service(
            "", "loadBalancers: [{targetGroup: \"arn:g\", containerName: app, containerPort: 80}]",
            "tasks roll by ecs:UpdateService"),
        service("serviceRegistries: [{registry: \"arn:r\"}]", "", "tasks roll by ecs:UpdateService"),
        service("serviceConnectConfiguration: {enabled: true}", "", "tasks roll by ecs:UpdateService"),
        service(
            "", "volumeConfigurations: [{name: v, managedEBSVolume: {role: \"arn:r\"}}]",
            "tasks roll by ecs:UpdateService"),
        service(
            "", "vpcLatticeConfigurations: [{role: \"arn:r\", targetGroup: \"arn:g\", portName: p}]",
            "tasks roll by ecs:UpdateService"),
        // And not to.
        service("desiredCount: 1", "desiredCount: 2", "in place by ecs:UpdateService"),
        service("desiredCount: 1", "", "nothing"),
        service(
            "deploymentConfiguration: {maximumPercent: 200}", "deploymentConfiguration: {maximumPercent: 150}",
            "in place by ecs:UpdateService"),
        service(
            "availabilityZoneRebalancing: DISABLED", "availabilityZoneRebalancing: ENABLED",
            "in place by ecs:UpdateService"),
        service("availabilityZoneRebalancing: DISABLED", "", "in place by ecs:UpdateService"),
        service("", "placementConstraints: [{type: distinctInstance}]", "in place by ecs:UpdateService"),
        service("placementStrategy: [{type: random}]", "", "in place by ecs:UpdateService"),
        service("healthCheckGracePeriodSeconds: 60", "", "in place by ecs:UpdateService"),
        service("enableExecuteCommand: true", "enableExecuteCommand: false", "in place by ecs:UpdateService"),
        service("enableECSManagedTags: true", "", "in place by ecs:UpdateService"),
        service("propagateTags: SERVICE", "", "in place by ecs:UpdateService"),
        service("tags: {a: b}", "", "in place by ecs:UntagResource"),
        service(
            "deploymentController: {type: CODE_DEPLOY}", "deploymentController: {type: ECS}",
            "in place by ecs:UpdateService"),
    ]

    private static func balancer(_ from: String, _ to: String, _ outcome: String) -> Row {
        Row("LoadBalancer", "", from, to, outcome)
    }

    static let balancers = [
        balancer("name: a", "name: b", "replaced, made first, for name"),
        balancer("type: application", "type: network", "replaced, made first, for type"),
        balancer("scheme: internal", "", "replaced, made first, for scheme"),
        balancer("", "customerOwnedIpv4Pool: ipv4pool-coip-1", "replaced, made first, for customerOwnedIpv4Pool"),
        balancer("subnets: [subnet-a, subnet-b]", "subnets: [subnet-a, subnet-c]", "in place by elbv2:SetSubnets"),
        balancer("securityGroups: [sg-a]", "", "in place by elbv2:SetSecurityGroups"),
        balancer("ipAddressType: dualstack", "", "in place by elbv2:SetIpAddressType"),
        balancer(
            "", "minimumLoadBalancerCapacity: {capacityUnits: 100}", "in place by elbv2:ModifyCapacityReservation"),
        balancer(
            "attributes: {idle_timeout.timeout_seconds: 30}", "", "in place by elbv2:ModifyLoadBalancerAttributes"),
        balancer("tags: {a: b}", "tags: {a: c}", "in place by elbv2:AddTags"),
    ]

    private static func group(_ from: String, _ to: String, _ outcome: String) -> Row {
        Row("TargetGroup", "", from, to, outcome)
    }

    static let targetGroups = [
        group("name: a", "name: b", "replaced, made first, for name"),
        group("protocol: HTTP", "protocol: HTTPS", "replaced, made first, for protocol"),
        group("", "protocolVersion: GRPC", "replaced, made first, for protocolVersion"),
        group("port: 80", "port: 81", "replaced, made first, for port"),
        group("vpc: vpc-2", "", "replaced, made first, for vpc"),
        group("", "targetType: ip", "replaced, made first, for targetType"),
        group("ipAddressType: ipv6", "", "replaced, made first, for ipAddressType"),
        group("targetControlPort: 80", "targetControlPort: 81", "replaced, made first, for targetControlPort"),
        group("healthCheckPath: /a", "", "in place by elbv2:ModifyTargetGroup"),
        group("healthCheckProtocol: HTTP", "healthCheckProtocol: HTTPS", "in place by elbv2:ModifyTargetGroup"),
        group("healthCheckPort: 80", "healthCheckPort: 81", "in place by elbv2:ModifyTargetGroup"),
        group("", "healthCheckIntervalSeconds: 10", "in place by elbv2:ModifyTargetGroup"),
        group("", "healthCheckTimeoutSeconds: 4", "in place by elbv2:ModifyTargetGroup"),
        group("", "healthyThresholdCount: 2", "in place by elbv2:ModifyTargetGroup"),
        group("", "unhealthyThresholdCount: 3", "in place by elbv2:ModifyTargetGroup"),
        group("matcher: {httpCode: 200-299}", "", "in place by elbv2:ModifyTargetGroup"),
        group("", "attributes: {slow_start.duration_seconds: 30}", "in place by elbv2:ModifyTargetGroupAttributes"),
        group("tags: {a: b}", "", "in place by elbv2:RemoveTags"),
    ]

    private static let http = "loadBalancer: \"arn:b\", protocol: HTTP, port: 80"
    private static let certificates = "certificates: [{certificate: \"arn:1\"}"
    private static let forward = "defaultActions: [{type: forward, targetGroup: \"arn:g\"}]"

    static let listeners = [
        Row(
            "Listener", "protocol: HTTP, port: 80, \(forward)", "loadBalancer: \"arn:b\"", "loadBalancer: \"arn:c\"",
            "replaced, made first, for loadBalancer"),
        Row(
            "Listener", "loadBalancer: \"arn:b\", protocol: HTTP, \(forward)", "port: 80", "port: 81",
            "in place by elbv2:ModifyListener"),
        Row(
            "Listener", "loadBalancer: \"arn:b\", port: 80, \(forward)", "protocol: HTTP",
            "protocol: HTTPS, \(certificates)]", "in place by elbv2:ModifyListener"),
        Row(
            "Listener", "loadBalancer: \"arn:b\", port: 80, \(forward)",
            "protocol: HTTPS, sslPolicy: p, \(certificates)]", "protocol: HTTP", "in place by elbv2:ModifyListener"),
        Row(
            "Listener", "\(http), \(forward)", "\(certificates)]", "\(certificates), {certificate: \"arn:2\"}]",
            "in place by elbv2:AddListenerCertificates"),
        Row(
            "Listener", "\(http), \(forward)", "\(certificates), {certificate: \"arn:2\"}]", "\(certificates)]",
            "in place by elbv2:RemoveListenerCertificates"),
        Row(
            "Listener", "\(http), \(forward)", "\(certificates)]", "certificates: [{certificate: \"arn:3\"}]",
            "in place by elbv2:ModifyListener"),
        Row(
            "Listener", http, forward, "defaultActions: [{type: forward, targetGroup: \"arn:h\"}]",
            "in place, traffic moves by elbv2:ModifyListener"),
        Row(
            "Listener", "\(http), \(forward)", "", "mutualAuthentication: {mode: passthrough}",
            "in place by elbv2:ModifyListener"),
        Row("Listener", "\(http), \(forward)", "alpnPolicy: [None]", "", "in place by elbv2:ModifyListener"),
        // What AWS chose is not known, and nothing asks for it again.
        Row("Listener", "\(http), \(forward)", "sslPolicy: p", "", "nothing"),
        Row(
            "Listener", "\(http), \(forward)", "", "attributes: {routing.http.response.server.enabled: \"false\"}",
            "in place by elbv2:ModifyListenerAttributes"),
    ]

    @Test(arguments: cluster + taskDefinition + services + balancers + targetGroups + listeners)
    func `is what AWS's tables say`(_ row: Row) throws {
        let resource = OneResource(row.kind)
        let plan = try resource.plan(
            row.spec(row.to), recorded: row.spec(row.from), observed: try resource.observed(after: row.spec(row.from)))
        #expect(plan.outcome == row.outcome)
    }
}

extension Plan {
    /// What happens to the one resource of the plan.
    fileprivate var outcome: String {
        guard let change = changes.first, let step = steps.first else { return "nothing" }
        let immutable = change.reasons.flatMap {
            if case .immutable(let paths) = $0 { paths } else { [AttributePath]() }
        }
        let calls = " by " + step.calls.joined(separator: ", ")
        switch change.action {
        case .replace(let order):
            return "replaced, \(order == .createFirst ? "made" : "deleted") first, for "
                + immutable.map(\.description).joined(separator: ", ")
        case .update where step.id.verb == .register: return "new revision" + calls
        case .update:
            let impact = change.impact == .rollsTasks ? "tasks roll" : "in place"
            return impact + (step.movesTraffic ? ", traffic moves" : "") + calls
        case .create, .delete, .keep: return "\(change.action)"
        }
    }
}
