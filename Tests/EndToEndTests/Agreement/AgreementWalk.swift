import AttributeTree
import TestBackends

/// One way through ECS and Elastic Load Balancing: a service behind a load balancer is made, read, changed and removed,
/// with what is refused on the way.
struct AgreementWalk {
    let boto3: Boto3
    let api: ComparedAPI
    var answers: [FlatAnswer] = []
    var vpc: AttributeValue = .null
    var subnets: AttributeValue = []
    var securityGroup: AttributeValue = .null
    /// ARNs, by the name of the member that has them.
    var arns: [String: AttributeValue] = [:]

    /// What an empty API answers, call by call.
    static func answers(of access: AWSAccess, _ api: ComparedAPI) async throws -> [FlatAnswer] {
        try await Boto3.run(access) { boto3 in
            var walk = AgreementWalk(boto3: boto3, api: api)
            try await walk.findNetwork()
            try await walk.makeCluster()
            try await walk.makeBalancer()
            try await walk.makeService()
            try await walk.readCluster()
            try await walk.readBalancer()
            try await walk.readTags()
            try await walk.change()
            try await walk.beRefusedByCluster()
            try await walk.beRefusedByBalancer()
            try await walk.beRefusedDeletion()
            try await walk.remove()
            return walk.answers
        }
    }

    private init(boto3: Boto3, api: ComparedAPI) {
        self.boto3 = boto3
        self.api = api
    }

    /// Makes a call, and keeps what was answered.
    ///
    /// - Parameter what: is special about it.
    @discardableResult
    mutating func call(
        _ service: String, _ operation: String, _ parameters: AttributeValue, _ what: String = ""
    ) async throws -> AttributeValue {
        let answer = try await boto3.atOnce([Boto3.Call(service, operation, parameters)])[0]
        answers.append(FlatAnswer(what.isEmpty ? operation : "\(operation) \(what)", answer))
        return (try? answer.get()) ?? .null
    }

    /// Makes a call of which only the effect matters, if it has one.
    func quietly(_ service: String, _ operation: String, _ parameters: AttributeValue) async throws {
        _ = try await boto3.atOnce([Boto3.Call(service, operation, parameters)])
    }

    /// Waits until the service's deployment is complete, where services progress.
    func settle() async throws {
        guard api == .local else { return }
        try await boto3.wait("ecs", until: "services_stable", ["cluster": "walk", "services": ["web"]])
        try await boto3.wait("elbv2", until: "load_balancer_available", ["LoadBalancerArns": [arn("balancer")]])
        try await eventually("the deployment's end") {
            let answer = try await boto3("ecs", "describe_services", ["cluster": "walk", "services": ["web"]])
            return answer["services"]?[0]?["deployments"]?[0]?["rolloutState"] == "COMPLETED"
        }
    }

    func arn(_ name: String) -> AttributeValue { arns[name] ?? .null }

    /// An ARN of nothing, of the same kind.
    func strange(_ name: String) -> AttributeValue {
        guard let arn = arn(name).stringValue, let end = arn.lastIndex(of: "/") else { return .null }
        return .string(arn[...end] + "0123456789abcdef")
    }

    private mutating func findNetwork() async throws {
        vpc = try await boto3("ec2", "describe_vpcs")["Vpcs"]?[0]?["VpcId"] ?? .null
        let found =
            try await boto3(
                "ec2", "describe_subnets", ["Filters": [["Name": "vpc-id", "Values": [vpc]]]])["Subnets"]?.listValue
            ?? []
        subnets = .list(found.compactMap { $0["SubnetId"] })
        let groups = try await boto3(
            "ec2", "describe_security_groups",
            [
                "Filters": [
                    ["Name": "group-name", "Values": ["default"]], ["Name": "vpc-id", "Values": [vpc]],
                ]
            ])
        securityGroup = groups["SecurityGroups"]?[0]?["GroupId"] ?? .null
    }
}

extension AgreementWalk {
    private mutating func makeCluster() async throws {
        let cluster = try await call(
            "ecs", "create_cluster",
            [
                "clusterName": "walk", "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
                "defaultCapacityProviderStrategy": [["capacityProvider": "FARGATE", "weight": 1, "base": 0]],
                "settings": [["name": "containerInsights", "value": "disabled"]],
                "tags": [["key": "team", "value": "web"]],
            ])
        arns["cluster"] = cluster["cluster"]?["clusterArn"]
        let definition = try await call(
            "ecs", "register_task_definition",
            BotoStage.hello(["VERSION": "1"]).but(["tags": [["key": "team", "value": "web"]]]))
        arns["definition"] = definition["taskDefinition"]?["taskDefinitionArn"]
    }

    private mutating func makeBalancer() async throws {
        let balancer = try await call("elbv2", "create_load_balancer", balancer)
        arns["balancer"] = balancer["LoadBalancers"]?[0]?["LoadBalancerArn"]
        let group = try await call("elbv2", "create_target_group", targetGroup)
        arns["group"] = group["TargetGroups"]?[0]?["TargetGroupArn"]
        let listener = try await call("elbv2", "create_listener", listener)
        arns["listener"] = listener["Listeners"]?[0]?["ListenerArn"]
        let rule = try await call("elbv2", "create_rule", rule)
        arns["rule"] = rule["Rules"]?[0]?["RuleArn"]
        try await call(
            "elbv2", "create_rule",
            [
                "ListenerArn": arn("listener"), "Priority": 20,
                "Conditions": [["Field": "host-header", "HostHeaderConfig": ["Values": ["old.example"]]]],
                "Actions": [
                    ["Type": "redirect", "RedirectConfig": ["Host": "new.example", "StatusCode": "HTTP_301"]]
                ],
            ], "(redirect)")
        try await call(
            "elbv2", "create_rule",
            [
                "ListenerArn": arn("listener"), "Priority": 30,
                "Conditions": [["Field": "path-pattern", "Values": ["/gone"]]],
                "Actions": [
                    ["Type": "fixed-response", "FixedResponseConfig": ["StatusCode": "410", "MessageBody": "gone"]]
                ],
            ], "(fixed response)")
    }

    private mutating func makeService() async throws {
        let service = try await call("ecs", "create_service", service)
        arns["service"] = service["service"]?["serviceArn"]
        try await settle()
        try await call(
            "ecs", "tag_resource", ["resourceArn": arn("service"), "tags": [["key": "tier", "value": "1"]]],
            "(service)")
        try await call(
            "elbv2", "add_tags", ["ResourceArns": [arn("group")], "Tags": [["Key": "tier", "Value": "1"]]])
    }

    private var balancer: AttributeValue {
        ["Name": "walk", "Subnets": subnets, "Tags": [["Key": "team", "Value": "web"]]]
    }

    private var targetGroup: AttributeValue {
        [
            "Name": "web", "Protocol": "HTTP", "Port": 8080, "TargetType": "ip", "VpcId": vpc,
            "HealthCheckPath": "/healthz", "Tags": [["Key": "team", "Value": "web"]],
        ]
    }

    private var listener: AttributeValue {
        [
            "LoadBalancerArn": arn("balancer"), "Protocol": "HTTP", "Port": 80,
            "DefaultActions": [["Type": "forward", "TargetGroupArn": arn("group")]],
        ]
    }

    private var rule: AttributeValue {
        [
            "ListenerArn": arn("listener"), "Priority": 10,
            "Conditions": [["Field": "path-pattern", "PathPatternConfig": ["Values": ["/api/*"]]]],
            "Actions": [["Type": "forward", "TargetGroupArn": arn("group")]],
            "Tags": [["Key": "team", "Value": "web"]],
        ]
    }

    private var service: AttributeValue {
        [
            "cluster": "walk", "serviceName": "web", "taskDefinition": "hello", "desiredCount": 1,
            "launchType": "FARGATE",
            "networkConfiguration": [
                "awsvpcConfiguration": [
                    "subnets": subnets, "securityGroups": [securityGroup], "assignPublicIp": "ENABLED",
                ]
            ],
            "loadBalancers": [["targetGroupArn": arn("group"), "containerName": "app", "containerPort": 8080]],
            "deploymentConfiguration": ["deploymentCircuitBreaker": ["enable": true, "rollback": true]],
            "tags": [["key": "team", "value": "web"]],
        ]
    }
}

extension AgreementWalk {
    private mutating func readCluster() async throws {
        try await call(
            "ecs", "describe_clusters",
            ["clusters": ["walk", "none"], "include": ["TAGS", "SETTINGS", "CONFIGURATIONS", "STATISTICS"]])
        try await call("ecs", "list_clusters", [:])
        try await call("ecs", "describe_task_definition", ["taskDefinition": "hello", "include": ["TAGS"]])
        try await call("ecs", "list_task_definitions", ["familyPrefix": "hello"])
        try await call("ecs", "list_task_definition_families", [:])
        try await call(
            "ecs", "describe_services", ["cluster": "walk", "services": ["web", "none"], "include": ["TAGS"]])
        try await call("ecs", "list_services", ["cluster": "walk"])
        try await call("ecs", "list_tags_for_resource", ["resourceArn": arn("service")])
    }

    private mutating func readBalancer() async throws {
        try await call("elbv2", "describe_load_balancers", ["Names": ["walk"]])
        try await call("elbv2", "describe_load_balancer_attributes", ["LoadBalancerArn": arn("balancer")])
        try await call("elbv2", "describe_target_groups", ["LoadBalancerArn": arn("balancer")])
        try await call("elbv2", "describe_target_group_attributes", ["TargetGroupArn": arn("group")])
        try await call("elbv2", "describe_target_health", ["TargetGroupArn": arn("group")])
        try await call("elbv2", "describe_listeners", ["LoadBalancerArn": arn("balancer")])
        try await call("elbv2", "describe_rules", ["ListenerArn": arn("listener")])
    }

    private mutating func readTags() async throws {
        for name in ["balancer", "group", "listener", "rule"] {
            try await call("elbv2", "describe_tags", ["ResourceArns": [arn(name)]], "(\(name))")
        }
    }

    private mutating func change() async throws {
        try await call(
            "elbv2", "modify_target_group",
            ["TargetGroupArn": arn("group"), "HealthCheckPath": "/", "Matcher": ["HttpCode": "200-299"]])
        try await call(
            "elbv2", "modify_target_group_attributes",
            [
                "TargetGroupArn": arn("group"),
                "Attributes": [["Key": "deregistration_delay.timeout_seconds", "Value": "5"]],
            ])
        try await call(
            "elbv2", "modify_load_balancer_attributes",
            [
                "LoadBalancerArn": arn("balancer"),
                "Attributes": [["Key": "idle_timeout.timeout_seconds", "Value": "90"]],
            ])
        try await call(
            "elbv2", "set_rule_priorities", ["RulePriorities": [["RuleArn": arn("rule"), "Priority": 15]]])
        try await call(
            "elbv2", "modify_rule",
            [
                "RuleArn": arn("rule"),
                "Conditions": [["Field": "path-pattern", "PathPatternConfig": ["Values": ["/v2/*"]]]],
            ])
        try await call("elbv2", "modify_listener", ["ListenerArn": arn("listener"), "Port": 81])
        try await call("ecs", "update_service", ["cluster": "walk", "service": "web", "desiredCount": 2])
        try await settle()
        try await call(
            "ecs", "put_cluster_capacity_providers",
            ["cluster": "walk", "capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": []])
        try await call("ecs", "untag_resource", ["resourceArn": arn("cluster"), "tagKeys": ["team"]])
    }
}

extension AgreementWalk {
    private mutating func beRefusedByCluster() async throws {
        try await call("ecs", "create_cluster", ["clusterName": "walk"], "again")
        try await call("ecs", "describe_services", ["cluster": "none", "services": ["web"]], "of an unknown cluster")
        try await call("ecs", "list_services", ["cluster": "none"], "of an unknown cluster")
        try await call("ecs", "delete_cluster", ["cluster": "none"], "unknown")
        try await call("ecs", "describe_task_definition", ["taskDefinition": "none"], "unknown")
        try await call("ecs", "create_service", service, "again")
        try await call("ecs", "create_service", service.but(["desiredCount": 5]), "again, otherwise")
        let other = service.but(["serviceName": "other"])
        try await call("ecs", "create_service", other.but(["cluster": "none"]), "in an unknown cluster")
        try await call("ecs", "create_service", other.but(["taskDefinition": "none"]), "of an unknown task definition")
        let unknown: AttributeValue = [
            "targetGroupArn": strange("group"), "containerName": "app", "containerPort": 8080,
        ]
        try await call("ecs", "create_service", other.but(["loadBalancers": [unknown]]), "with an unknown target group")
        for cluster in ["walk", "none"] as [AttributeValue] {
            try await quietly("ecs", "delete_service", ["cluster": cluster, "service": "other", "force": true])
        }
        try await quietly("ecs", "delete_cluster", ["cluster": "none"])
        try await call("ecs", "update_service", ["cluster": "walk", "service": "none", "desiredCount": 1], "unknown")
        try await call("ecs", "delete_service", ["cluster": "walk", "service": "none"], "unknown")
        try await call("ecs", "delete_service", ["cluster": "walk", "service": "web"], "without force")
    }

    private mutating func beRefusedByBalancer() async throws {
        try await call("elbv2", "create_target_group", targetGroup, "again")
        try await call("elbv2", "create_target_group", targetGroup.but(["Port": 9090]), "again, otherwise")
        try await call("elbv2", "create_target_group", targetGroup.but(["Name": "a--b"]), "of a wrong name")
        try await call("elbv2", "create_load_balancer", balancer, "again")
        try await call("elbv2", "create_load_balancer", balancer.but(["Scheme": "internal"]), "again, otherwise")
        try await beRefusedListener(["Protocol": "HTTPS"], "without certificate")
        try await beRefusedListener(["LoadBalancerArn": strange("balancer")], "of an unknown load balancer")
        try await beRefusedListener(
            ["DefaultActions": [["Type": "forward", "TargetGroupArn": strange("group")]]], "to an unknown target group")
        let made = try await call("elbv2", "create_rule", rule.but(["Priority": 20]), "of a priority in use")
        if let arn = made["Rules"]?[0]?["RuleArn"] { try await quietly("elbv2", "delete_rule", ["RuleArn": arn]) }
        try await call("elbv2", "create_rule", rule.but(["ListenerArn": strange("listener")]), "of an unknown listener")
        try await call("elbv2", "describe_target_groups", ["Names": ["none"]], "unknown")
        try await call("elbv2", "describe_target_group_attributes", ["TargetGroupArn": strange("group")], "unknown")
        try await call("elbv2", "describe_target_health", ["TargetGroupArn": strange("group")], "unknown")
        try await call("elbv2", "describe_load_balancers", ["Names": ["none"]], "unknown")
        try await call("elbv2", "describe_listeners", ["ListenerArns": [strange("listener")]], "unknown")
        try await call("elbv2", "describe_rules", ["RuleArns": [strange("rule")]], "unknown")
        try await call("elbv2", "describe_tags", ["ResourceArns": [strange("group")]], "unknown")
        try await call("elbv2", "delete_rule", ["RuleArn": strange("rule")], "unknown")
        try await call("elbv2", "delete_listener", ["ListenerArn": strange("listener")], "unknown")
    }

    private mutating func beRefusedListener(_ changes: [String: AttributeValue?], _ what: String) async throws {
        let port: AttributeValue = ["Port": 90]
        let made = try await call("elbv2", "create_listener", listener.but(changes).but(port.mapValue ?? [:]), what)
        guard let arn = made["Listeners"]?[0]?["ListenerArn"] else { return }
        try await quietly("elbv2", "delete_listener", ["ListenerArn": arn])
    }

    /// Deletes what is in use, of which nothing else is told: some APIs do it.
    private mutating func beRefusedDeletion() async throws {
        try await quietly("ecs", "create_cluster", ["clusterName": "spare"])
        let idle = service.but(["cluster": "spare", "loadBalancers": nil, "desiredCount": 0])
        try await quietly("ecs", "create_service", idle)
        try await call("ecs", "delete_cluster", ["cluster": "spare"], "with services")
        try await quietly("ecs", "delete_service", ["cluster": "spare", "service": "web", "force": true])
        try await quietly("ecs", "delete_cluster", ["cluster": "spare"])

        let group = try await boto3("elbv2", "create_target_group", targetGroup.but(["Name": "spare"]))
        let spare = group["TargetGroups"]?[0]?["TargetGroupArn"] ?? .null
        let forward: AttributeValue = ["Type": "forward", "TargetGroupArn": spare]
        let made = try await boto3(
            "elbv2", "create_rule", rule.but(["Priority": 40, "Actions": [forward]]))
        try await call("elbv2", "delete_target_group", ["TargetGroupArn": spare], "in use")
        try await quietly("elbv2", "delete_rule", ["RuleArn": made["Rules"]?[0]?["RuleArn"] ?? .null])
        try await quietly("elbv2", "delete_target_group", ["TargetGroupArn": spare])
    }

    private mutating func remove() async throws {
        try await call("ecs", "delete_service", ["cluster": "walk", "service": "web", "force": true])
        if api == .local {
            try await boto3.wait("ecs", until: "services_inactive", ["cluster": "walk", "services": ["web"]])
        }
        try await call("ecs", "describe_services", ["cluster": "walk", "services": ["web"]], "deleted")
        try await call("elbv2", "delete_rule", ["RuleArn": arn("rule")])
        try await call("elbv2", "delete_listener", ["ListenerArn": arn("listener")])
        try await call("elbv2", "describe_listeners", ["LoadBalancerArn": arn("balancer")], "deleted")
        try await call("elbv2", "delete_target_group", ["TargetGroupArn": arn("group")])
        try await call("elbv2", "describe_target_groups", ["TargetGroupArns": [arn("group")]], "deleted")
        try await call("elbv2", "delete_load_balancer", ["LoadBalancerArn": arn("balancer")])
        try await call("elbv2", "delete_load_balancer", ["LoadBalancerArn": arn("balancer")], "again")
        try await call("elbv2", "describe_load_balancers", ["LoadBalancerArns": [arn("balancer")]], "deleted")
        try await call("ecs", "deregister_task_definition", ["taskDefinition": arn("definition")])
        try await call("ecs", "list_task_definitions", ["familyPrefix": "hello"], "deregistered")
        try await call("ecs", "delete_cluster", ["cluster": "walk"])
        try await call("ecs", "describe_clusters", ["clusters": ["walk"]], "deleted")
        try await call("ecs", "list_clusters", [:], "deleted")
    }
}
