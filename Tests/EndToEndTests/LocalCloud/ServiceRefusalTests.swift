import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What ECS refuses, as boto3 is told it.
    @Suite(PythonPrograms.areInstalled())
    struct ServiceRefusalTests {
        @Test("a service is refused that could not run as it is described")
        func services() async throws {
            try await BotoStage.with { stage in
                let groups = try await prepare(stage)
                let calls = networkRefusals(stage) + balancingRefusals(stage, groups) + referenceRefusals(stage)
                try await stage.boto3.expect(calls)
                try await expectUpdates(stage, groups)
                let services = try await stage.boto3("ecs", "list_services", ["cluster": "walk"])
                #expect(services["serviceArns"]?.listValue?.count == 1, "nothing is left of a service that was refused")
            }
        }

        @Test("a name is taken while its service is active or draining, and another cluster's services may have it")
        func names() async throws {
            try await BotoStage.with { stage in
                try await stage.boto3("ecs", "create_cluster", ["clusterName": "walk"])
                try await stage.boto3("ecs", "create_cluster", ["clusterName": "other"])
                try await stage.register(BotoStage.hello())
                try await stage.boto3("ecs", "create_service", stage.service)
                try await stage.boto3.expect([
                    Refused(
                        "a name that is taken",
                        Boto3.Call("ecs", "create_service", stage.service.but(["desiredCount": 1])),
                        "InvalidParameterException", "Creation of service was not idempotent."),
                    Refused(
                        "a service that is to run tasks is not deleted",
                        Boto3.Call("ecs", "delete_service", ["cluster": "walk", "service": "web"]),
                        "InvalidParameterException", "The service cannot be stopped while it is scaled above 0."),
                ])
                try await stage.boto3("ecs", "delete_service", ["cluster": "walk", "service": "web", "force": true])
                try await stage.boto3.expect([
                    Refused(
                        "a name of a service that is draining", Boto3.Call("ecs", "create_service", stage.service),
                        "InvalidParameterException", "Unable to Start a service that is still Draining."),
                    Refused(
                        "an update of a service that is draining",
                        Boto3.Call("ecs", "update_service", ["cluster": "walk", "service": "web", "desiredCount": 1]),
                        "ServiceNotActiveException", "Service was not ACTIVE."),
                ])
                try await stage.boto3("ecs", "create_service", stage.service.but(["cluster": "other"]))
            }
        }

        /// What a service may not have at first, it may not have later.
        private func expectUpdates(_ stage: BotoStage, _ groups: [String: AttributeValue]) async throws {
            try await stage.boto3(
                "ecs", "create_service", stage.service.but(["loadBalancers": balancer(groups["served"])]))
            func refused(
                _ what: String, _ changes: [String: AttributeValue?], _ message: String
            ) -> Refused {
                let parameters = (["cluster": "walk", "service": "web"] as AttributeValue).but(changes)
                return Refused(what, Boto3.Call("ecs", "update_service", parameters), invalid, message)
            }
            try await stage.boto3.expect([
                refused(
                    "an update to a target group that no load balancer forwards to",
                    ["loadBalancers": balancer(groups["idle"])], "does not have an associated load balancer."),
                refused(
                    "an update to a task definition without the container", ["taskDefinition": "renamed"],
                    "The container app does not exist in the task definition."),
                refused(
                    "an update to a task definition for another network", ["taskDefinition": "bridged"], ""),
                refused(
                    "another capacity without a deployment",
                    ["capacityProviderStrategy": [["capacityProvider": "FARGATE"]]],
                    "you must force a new deployment."),
            ])
        }

        /// - Returns: target groups: one that a listener forwards to, one that none does, and one of instances.
        private func prepare(_ stage: BotoStage) async throws -> [String: AttributeValue] {
            try await stage.boto3("ecs", "create_cluster", ["clusterName": "walk"])
            try await stage.register(BotoStage.hello())
            try await stage.register(BotoStage.hello().but(["family": "retired"]))
            try await stage.register(
                BotoStage.hello().but([
                    "family": "renamed", "containerDefinitions": [["name": "other", "image": "reconcile/hello"]],
                ]))
            try await stage.boto3("ecs", "deregister_task_definition", ["taskDefinition": "retired:1"])
            let bridged: AttributeValue = [
                "family": "bridged",
                "containerDefinitions": [
                    ["name": "app", "image": "hello", "memory": 128, "portMappings": [["containerPort": 8080]]]
                ],
            ]
            try await stage.register(bridged)
            let groups = [
                "served": try await stage.createTargetGroup("served"),
                "idle": try await stage.createTargetGroup("idle"),
                "instances": try await stage.createTargetGroup("instances", type: "instance"),
            ]
            let balancer = try await stage.createLoadBalancer("front")
            _ = try await stage.createListener(of: balancer, to: groups["served"] ?? .null)
            _ = try await stage.createListener(of: balancer, to: groups["instances"] ?? .null, port: 81)
            return groups
        }
    }
}

private let invalid = "InvalidParameterException"

private func networkRefusals(_ stage: BotoStage) -> [Refused] {
    func network(_ what: String, _ configuration: AttributeValue, _ message: String) -> Refused {
        refused(what, stage, ["networkConfiguration": ["awsvpcConfiguration": configuration]], invalid, message)
    }
    let vpc = stage.awsvpcConfiguration
    return [
        refused(
            "awsvpc without networkConfiguration", stage, ["networkConfiguration": nil], invalid,
            "Network Configuration must be provided when networkMode 'awsvpc' is specified."),
        refused(
            "networkConfiguration without awsvpc", stage, ["taskDefinition": "bridged", "launchType": "EC2"], invalid,
            "Network Configuration is not valid for the given networkMode of this task definition."),
        network("no subnet", vpc.but(["subnets": []]), "subnets can not be empty."),
        network("an unknown subnet", vpc.but(["subnets": ["subnet-0"]]), "The subnet ID 'subnet-0' does not exist"),
        network(
            "an unknown security group", vpc.but(["securityGroups": ["sg-0"]]),
            "The security group 'sg-0' does not exist"),
        network(
            "six security groups", vpc.but(["securityGroups": .list((0..<6).map { .string("sg-\($0)") })]),
            "at most 5 items"),
        refused(
            "Fargate with a task definition for EC2", stage,
            ["taskDefinition": "bridged", "networkConfiguration": nil], invalid,
            "Task definition does not support launch_type FARGATE."),
        refused(
            "an unknown platform version", stage, ["platformVersion": "9.9.9"], "PlatformUnknownException",
            "The specified platform version does not exist."),
    ]
}

/// The value of `loadBalancers` with one target group.
private func balancer(
    _ group: AttributeValue?, container: AttributeValue = "app", port: AttributeValue = 8080
) -> AttributeValue {
    [["targetGroupArn": group ?? .null, "containerName": container, "containerPort": port]]
}

private func balancingRefusals(_ stage: BotoStage, _ groups: [String: AttributeValue]) -> [Refused] {
    let unknown = "\(groups["idle"]?.stringValue ?? "")0"
    return [
        refused(
            "a target group that no load balancer forwards to", stage, ["loadBalancers": balancer(groups["idle"])],
            invalid,
            "does not have an associated load balancer."),
        refused(
            "an unknown target group", stage, ["loadBalancers": balancer(.string(unknown))], invalid, unknown),
        refused(
            "awsvpc with a target group of instances", stage, ["loadBalancers": balancer(groups["instances"])], invalid,
            "has target type instance, which is incompatible with the awsvpc network mode"),
        refused(
            "an unknown container", stage, ["loadBalancers": balancer(groups["served"], container: "ghost")], invalid,
            "The container ghost does not exist in the task definition."),
        refused(
            "an unknown port", stage, ["loadBalancers": balancer(groups["served"], port: 9999)], invalid,
            "The container app did not have a container port 9999 defined."),
        refused(
            "a grace period without a load balancer", stage, ["healthCheckGracePeriodSeconds": 30], invalid,
            "Health check grace period is only valid for services configured to use load balancers"),
    ]
}

private func referenceRefusals(_ stage: BotoStage) -> [Refused] {
    [
        refused(
            "an unknown cluster", stage, ["cluster": "nowhere"], "ClusterNotFoundException", "Cluster not found."),
        refused(
            "an unknown task definition", stage, ["taskDefinition": "ghost"], "ClientException",
            "TaskDefinition not found."),
        refused(
            "a deregistered task definition", stage, ["taskDefinition": "retired:1"], "ClientException",
            "TaskDefinition is inactive"),
        refused(
            "a daemon on Fargate", stage, ["schedulingStrategy": "DAEMON", "desiredCount": nil], invalid, "Fargate"),
        refused(
            "a daemon with a desired count", stage, ["schedulingStrategy": "DAEMON"], invalid,
            "The daemon scheduling strategy does not support a desired count for services."),
        refused(
            "a launch type beside a capacity provider", stage,
            ["capacityProviderStrategy": [["capacityProvider": "FARGATE"]]], invalid,
            "Specifying both a launch type and capacity provider strategy is not supported."),
        refused(
            "no room to deploy", stage,
            ["deploymentConfiguration": ["maximumPercent": 100, "minimumHealthyPercent": 100]], invalid, "100"),
        refused("a name that is none", stage, ["serviceName": "a web"], invalid, ""),
        Refused(
            "an update of an unknown service",
            Boto3.Call("ecs", "update_service", ["cluster": "walk", "service": "ghost"]), "ServiceNotFoundException",
            "Service not found."),
    ]
}

/// CreateService with other settings than ``BotoStage/service`` has.
private func refused(
    _ what: String, _ stage: BotoStage, _ changes: [String: AttributeValue?], _ code: String, _ message: String
) -> Refused {
    Refused(what, Boto3.Call("ecs", "create_service", stage.service.but(changes)), code, message)
}
