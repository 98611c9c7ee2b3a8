import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What Elastic Load Balancing refuses, as boto3 is told it.
    @Suite(PythonPrograms.areInstalled())
    struct BalancingRefusalTests {
        @Test("names, ports and priorities are there once, and what is created has to make sense")
        func balancing() async throws {
            try await BotoStage.with { stage in
                let front = try await Front(stage)
                try await stage.boto3.expect(
                    front.duplicates + front.placements + front.groups + front.listeners + front.rules)
                let rules = try await stage.boto3("elbv2", "describe_rules", ["ListenerArn": front.listener])
                #expect(rules["Rules"]?.listValue?.map { $0["Priority"] } == ["10", "20", "default"])
            }
        }

        @Test("what is in use or protected is not deleted")
        func deletions() async throws {
            try await BotoStage.with { stage in
                let front = try await Front(stage)
                try await stage.boto3(
                    "elbv2", "modify_load_balancer_attributes",
                    [
                        "LoadBalancerArn": front.balancer.arn,
                        "Attributes": [["Key": "deletion_protection.enabled", "Value": "true"]],
                    ])
                let rules = try await stage.boto3("elbv2", "describe_rules", ["ListenerArn": front.listener])
                let defaultRule = rules["Rules"]?.listValue?.first { $0["IsDefault"] == true }?["RuleArn"] ?? .null
                try await stage.boto3.expect([
                    front.refused(
                        "a target group of a listener", "delete_target_group", ["TargetGroupArn": front.group],
                        "ResourceInUse", "is currently in use by a listener or a rule"),
                    front.refused(
                        "a target group of a rule", "delete_target_group", ["TargetGroupArn": front.groupOfRule],
                        "ResourceInUse", "is currently in use by a listener or a rule"),
                    front.refused(
                        "a default rule", "delete_rule", ["RuleArn": defaultRule], "OperationNotPermitted",
                        "Default rule"),
                    front.refused(
                        "a protected load balancer", "delete_load_balancer", ["LoadBalancerArn": front.balancer.arn],
                        "OperationNotPermitted", "cannot be deleted because deletion protection is enabled"),
                ])
            }
        }
    }
}

/// A load balancer with a listener on port 80 and rules of the priorities 10 and 20.
private struct Front {
    var stage: BotoStage
    var balancer: BotoStage.Balancer
    /// Another one, without listeners.
    var other: BotoStage.Balancer
    var listener: AttributeValue
    var group: AttributeValue
    var groupOfRule: AttributeValue
    /// Of priority 20.
    var rule: AttributeValue

    init(_ stage: BotoStage) async throws {
        self.stage = stage
        group = try await stage.createTargetGroup("web")
        groupOfRule = try await stage.createTargetGroup("api")
        balancer = try await stage.createLoadBalancer("front")
        other = try await stage.createLoadBalancer("other")
        listener = try await stage.createListener(of: balancer, to: group)
        rule = .null
        for priority in [10, 20] {
            let parameters = ruleParameters.but(["Priority": .int(priority)])
            rule = try await stage.boto3("elbv2", "create_rule", parameters)["Rules"]?[0]?["RuleArn"] ?? .null
        }
    }

    var ruleParameters: AttributeValue {
        [
            "ListenerArn": listener, "Priority": 30, "Conditions": [["Field": "path-pattern", "Values": ["/api/*"]]],
            "Actions": [["Type": "forward", "TargetGroupArn": groupOfRule]],
        ]
    }

    var balancerParameters: AttributeValue { ["Name": "front", "Subnets": stage.subnets] }
    var listenerParameters: AttributeValue {
        [
            "LoadBalancerArn": balancer.arn, "Protocol": "HTTP", "Port": 81,
            "DefaultActions": [["Type": "forward", "TargetGroupArn": group]],
        ]
    }
    var groupParameters: AttributeValue {
        ["Name": "other", "Protocol": "HTTP", "Port": 8080, "TargetType": "ip", "VpcId": "vpc-0"]
    }

    func refused(
        _ what: String, _ operation: String, _ parameters: AttributeValue, _ code: String, _ message: String
    ) -> Refused {
        Refused(what, Boto3.Call("elbv2", operation, parameters), code, message)
    }
}

extension Front {
    var duplicates: [Refused] {
        [
            refused(
                "a load balancer's name", "create_load_balancer", balancerParameters.but(["Scheme": "internal"]),
                "DuplicateLoadBalancerName",
                "A load balancer with the same name 'front' exists, but with different settings"),
            refused(
                "a port", "create_listener",
                listenerParameters.but([
                    "Port": 80,
                    "DefaultActions": [["Type": "fixed-response", "FixedResponseConfig": ["StatusCode": "200"]]],
                ]), "DuplicateListener", "A listener already exists on this port for this load balancer"),
            refused(
                "a priority", "create_rule", ruleParameters.but(["Priority": 10]), "PriorityInUse",
                "Priority '10' is currently in use"),
            refused(
                "another priority", "set_rule_priorities", ["RulePriorities": [["RuleArn": rule, "Priority": 10]]],
                "PriorityInUse", "Priority '10' is currently in use"),
        ]
    }

    var placements: [Refused] {
        let first = stage.subnets[0] ?? .null
        return [
            refused(
                "one subnet", "create_load_balancer", balancerParameters.but(["Name": "one", "Subnets": [first]]),
                "ValidationError", "At least two subnets in two different Availability Zones must be specified"),
            refused(
                "one zone", "create_load_balancer",
                balancerParameters.but(["Name": "one", "Subnets": [first, first]]),
                "InvalidConfigurationRequest",
                "A load balancer cannot be attached to multiple subnets in the same Availability Zone"),
            refused(
                "an unknown subnet", "create_load_balancer",
                balancerParameters.but(["Name": "one", "Subnets": [first, "subnet-0"]]), "SubnetNotFound",
                "The subnet ID 'subnet-0' does not exist"),
            refused(
                "an unknown security group", "create_load_balancer",
                balancerParameters.but(["Name": "one", "SecurityGroups": ["sg-0"]]), "InvalidSecurityGroup", "sg-0"),
            refused(
                "a name that is reserved", "create_load_balancer", balancerParameters.but(["Name": "internal-one"]),
                "ValidationError", "cannot begin with 'internal-'"),
            refused(
                "a name that is too long", "create_load_balancer",
                balancerParameters.but(["Name": .string(String(repeating: "a", count: 33))]), "ValidationError",
                "cannot be longer than '32' characters"),
        ]
    }

    var groups: [Refused] {
        [
            refused(
                "a target group's name", "create_target_group", groupParameters.but(["Name": "a--b"]),
                "ValidationError", "(?!.*--)"),
            refused(
                "an unknown VPC", "create_target_group", groupParameters, "ValidationError",
                "The VPC ID 'vpc-0' is not found"),
            refused(
                "a target group without a port", "create_target_group", groupParameters.but(["Port": nil]),
                "ValidationError", "A port must be specified"),
            refused(
                "a timeout that is no shorter than the interval", "modify_target_group",
                ["TargetGroupArn": group, "HealthCheckIntervalSeconds": 5, "HealthCheckTimeoutSeconds": 5],
                "ValidationError", "Health check timeout '5' must be smaller than the interval '5'"),
            refused(
                "21 attributes", "modify_load_balancer_attributes",
                [
                    "LoadBalancerArn": balancer.arn,
                    "Attributes": .list((0..<21).map { ["Key": .string("key\($0)"), "Value": "1"] }),
                ], "ValidationError", "20"),
            refused(
                "an attribute that there is not", "modify_target_group_attributes",
                ["TargetGroupArn": group, "Attributes": [["Key": "colour", "Value": "blue"]]], "ValidationError",
                "Target group attribute key 'colour' is not recognized"),
            refused(
                "an attribute's value", "modify_target_group_attributes",
                [
                    "TargetGroupArn": group,
                    "Attributes": [["Key": "deregistration_delay.timeout_seconds", "Value": "3601"]],
                ], "ValidationError", "deregistration_delay.timeout_seconds"),
        ]
    }

    var listeners: [Refused] {
        func forward(_ groups: [AttributeValue]) -> AttributeValue {
            listenerParameters.but([
                "DefaultActions": [["Type": "forward", "ForwardConfig": ["TargetGroups": .list(groups)]]]
            ])
        }
        let unknown = AttributeValue.string((group.stringValue ?? "").replacing("/web/", with: "/ghost/"))
        return [
            refused(
                "an unknown target group", "create_listener",
                listenerParameters.but(["DefaultActions": [["Type": "forward", "TargetGroupArn": unknown]]]),
                "TargetGroupNotFound", "not found"),
            refused(
                "HTTPS without a certificate", "create_listener", listenerParameters.but(["Protocol": "HTTPS"]),
                "ValidationError", "A certificate must be specified for HTTPS listeners"),
            refused(
                "a protocol of another kind of load balancer", "create_listener",
                listenerParameters.but(["Protocol": "TCP"]), "ValidationError",
                "Listener protocol 'TCP' must be one of 'HTTPS, HTTP'"),
            refused(
                "six target groups", "create_listener",
                forward((0..<6).map { ["TargetGroupArn": .string("\(group.stringValue ?? "")\($0)")] }),
                "InvalidLoadBalancerAction", "A forward action can only have '5' target groups"),
            refused(
                "a weight of 1000", "create_listener", forward([["TargetGroupArn": group, "Weight": 1000]]),
                "ValidationError", "Target group weight '1000' must be between '0-999' inclusive"),
            refused(
                "a target group of another load balancer", "create_listener",
                listenerParameters.but(["LoadBalancerArn": other.arn]), "TargetGroupAssociationLimit",
                "cannot be associated with more than one load balancer"),
            refused(
                "a redirect to itself", "create_listener",
                listenerParameters.but([
                    "DefaultActions": [["Type": "redirect", "RedirectConfig": ["StatusCode": "HTTP_301"]]]
                ]), "InvalidLoadBalancerAction", "A redirect must modify at least one"),
            refused(
                "an unknown load balancer", "create_listener",
                listenerParameters.but(["LoadBalancerArn": .string("\(balancer.arn.stringValue ?? "")0")]),
                "LoadBalancerNotFound", "not found"),
        ]
    }

    var rules: [Refused] {
        let path: AttributeValue = ["Field": "path-pattern", "Values": ["/a"]]
        return [
            refused(
                "two actions that end the way", "create_rule",
                ruleParameters.but([
                    "Actions": .list((0..<2).map { _ in ["Type": "forward", "TargetGroupArn": group] })
                ]), "InvalidLoadBalancerAction", "Exactly one action"),
            refused(
                "two paths", "create_rule", ruleParameters.but(["Conditions": [path, path]]), "ValidationError",
                "A rule can only have one 'path-pattern' condition"),
            refused(
                "no condition", "create_rule", ruleParameters.but(["Conditions": []]), "ValidationError",
                "A condition must be specified"),
            refused(
                "a condition of no kind", "create_rule",
                ruleParameters.but(["Conditions": [["Field": "weather", "Values": ["rain"]]]]), "ValidationError",
                "Condition field 'weather' must be one of"),
            refused(
                "six values", "create_rule",
                ruleParameters.but([
                    "Conditions": [
                        [
                            "Field": "path-pattern",
                            "PathPatternConfig": ["Values": .list((0..<6).map { .string("/\($0)") })],
                        ]
                    ]
                ]), "ValidationError", "5"),
        ]
    }
}
