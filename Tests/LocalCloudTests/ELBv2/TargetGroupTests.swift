import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct TargetGroupTests {
    @Test("a target group has all its members, with AWS's defaults")
    func defaults() throws {
        var stage = BalancingStage()
        let created = try stage.call("CreateTargetGroup", BalancingStage.group("web"), noting: "tg")
        let expected: AttributeValue = [
            "TargetGroupArn": "$tg", "TargetGroupName": "web", "Protocol": "HTTP", "ProtocolVersion": "HTTP1",
            "Port": 8080, "VpcId": "$vpc", "TargetType": "ip", "IpAddressType": "ipv4", "LoadBalancerArns": [],
            "HealthCheckEnabled": true, "HealthCheckProtocol": "HTTP", "HealthCheckPort": "traffic-port",
            "HealthCheckPath": "/", "HealthCheckIntervalSeconds": 30, "HealthCheckTimeoutSeconds": 5,
            "HealthyThresholdCount": 5, "UnhealthyThresholdCount": 2, "Matcher": ["HttpCode": "200"],
        ]
        #expect(created["TargetGroups"]?[0] == stage.resolved(expected))
    }

    @Test("who sends to a target group is told, and finds it")
    func use() throws {
        var stage = try BalancingStage.web()
        let all = try stage.call("DescribeTargetGroups")["TargetGroups"]?.listValue ?? []
        #expect(all.map { $0["LoadBalancerArns"] } == [stage.resolved(["$lb"]), []])
        let used = try stage.call("DescribeTargetGroups", ["LoadBalancerArn": "$lb"])["TargetGroups"]?.listValue
        #expect(used?.map { $0["TargetGroupArn"] } == [.string(stage["tg"])])
        #expect(stage.world.isReachable(targetGroup: stage["tg"]))
        #expect(!stage.world.isReachable(targetGroup: stage["spare"]))
        let named = try stage.call("DescribeTargetGroups", ["Names": ["spare"]])["TargetGroups"]?.listValue
        #expect(named?.count == 1)
    }

    @Test("health checks can be changed, one setting at a time")
    func modification() throws {
        var stage = try BalancingStage.web()
        try stage.call(
            "ModifyTargetGroup",
            ["TargetGroupArn": "$tg", "HealthCheckPath": "/healthz", "Matcher": ["HttpCode": "200-299,404"]])
        let group = try stage.call("ModifyTargetGroup", ["TargetGroupArn": "$tg", "HealthCheckIntervalSeconds": 10])[
            "TargetGroups"]?[0]
        #expect(group?["HealthCheckPath"] == "/healthz")
        #expect(group?["Matcher"] == ["HttpCode": "200-299,404"])
        #expect(group?["HealthCheckIntervalSeconds"] == 10)
    }

    @Test("attributes begin with AWS's defaults, and those not named stay")
    func attributes() throws {
        var stage = try BalancingStage.web()
        let changed = try stage.call(
            "ModifyTargetGroupAttributes",
            [
                "TargetGroupArn": "$tg",
                "Attributes": [
                    ["Key": "stickiness.enabled", "Value": "true"],
                    ["Key": "deregistration_delay.timeout_seconds", "Value": "5"],
                ],
            ])
        let described = try stage.call("DescribeTargetGroupAttributes", ["TargetGroupArn": "$tg"])
        #expect(described == changed)
        let values = described["Attributes"]?.listValue ?? []
        #expect(values.contains(["Key": "stickiness.type", "Value": "lb_cookie"]))
        #expect(values.contains(["Key": "stickiness.enabled", "Value": "true"]))
        #expect(values.contains(["Key": "load_balancing.algorithm.type", "Value": "round_robin"]))
        #expect(stage.world.deregistrationDelay(of: stage["tg"]) == 5)
        #expect(stage.world.deregistrationDelay(of: stage["spare"]) == 300)
    }

    @Test("the same creation again gives the same target group; deleting a missing one succeeds")
    func idempotence() throws {
        var stage = try BalancingStage.web()
        try stage.call("CreateTargetGroup", BalancingStage.group("web"), noting: "again")
        #expect(stage["again"] == stage["tg"])
        try stage.call("DeleteTargetGroup", ["TargetGroupArn": "$spare"])
        try stage.call("DeleteTargetGroup", ["TargetGroupArn": "$spare"])
        #expect(stage.world.balancing.targetGroups.count == 1)
    }

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) throws {
        var stage = try BalancingStage.web()
        #expect(stage.refusal(refusal.operation, refusal.input) == refusal.expected)
    }

    private static func creation(_ members: AttributeValue) -> AttributeValue {
        .map(
            (BalancingStage.group("new").mapValue ?? [:]).merging(members.mapValue ?? [:]) { $1 }.filter { !$1.isNull })
    }

    private static func attribute(_ key: AttributeValue, _ value: AttributeValue) -> AttributeValue {
        ["TargetGroupArn": "$tg", "Attributes": [["Key": key, "Value": value]]]
    }

    static let refusals: [Refusal] = [
        Refusal(
            "a name with two hyphens in a row", "CreateTargetGroup", creation(["Name": "a--b"]),
            "ValidationError: 1 validation error detected: Value 'a--b' at 'targetGroup.targetGroupArn.targetGroupName' "
                + "failed to satisfy constraint: Member must satisfy regular expression pattern: "
                + "(?!.*--)(?!^-)(?!.*-$)^[A-Za-z0-9-]+$"),
        Refusal(
            "a name that begins with a hyphen", "CreateTargetGroup", creation(["Name": "-a"]),
            "ValidationError: Target group name '-a' cannot begin or end with '-'"),
        Refusal(
            "a name with an underscore", "CreateTargetGroup", creation(["Name": "a_b"]),
            "ValidationError: Target group name 'a_b' can only contain characters that are alphanumeric characters or "
                + "hyphens(-)"),
        Refusal(
            "the same name with another port", "CreateTargetGroup", creation(["Name": "web", "Port": 81]),
            "DuplicateTargetGroupName: A target group with the same name 'web' exists, but with different settings"),
        Refusal(
            "no protocol", "CreateTargetGroup", creation(["Protocol": .null]),
            "ValidationError: A protocol must be specified"),
        Refusal(
            "no port", "CreateTargetGroup", creation(["Port": .null]), "ValidationError: A port must be specified"),
        Refusal(
            "no VPC", "CreateTargetGroup", creation(["VpcId": .null]), "ValidationError: A VPC ID must be specified"),
        Refusal(
            "an unknown VPC", "CreateTargetGroup", creation(["VpcId": "vpc-1"]),
            "ValidationError: The VPC ID 'vpc-1' is not found"),
        Refusal(
            "functions", "CreateTargetGroup", creation(["TargetType": "lambda"]),
            "InvalidConfigurationRequest: The local cloud does not offer target groups of the type 'lambda'"),
        Refusal(
            "a protocol of network load balancers", "CreateTargetGroup", creation(["Protocol": "TCP"]),
            "InvalidConfigurationRequest: The local cloud does not offer target groups of the protocol 'TCP'"),
        Refusal(
            "a health check that takes as long as its interval", "CreateTargetGroup",
            creation(["HealthCheckTimeoutSeconds": 30]),
            "ValidationError: Health check timeout '30' must be smaller than the interval '30'"),
        Refusal(
            "an interval of 4 seconds", "CreateTargetGroup", creation(["HealthCheckIntervalSeconds": 4]),
            "ValidationError: 1 validation error detected: Value '4' at 'healthCheckIntervalSeconds' failed to satisfy "
                + "constraint: Member must have value greater than or equal to 5"),
        Refusal(
            "no health check", "CreateTargetGroup", creation(["HealthCheckEnabled": false]),
            "InvalidConfigurationRequest: Health check enabled must be true for target groups with target type 'ip'"),
        Refusal(
            "a health check at a port by name", "CreateTargetGroup", creation(["HealthCheckPort": "http"]),
            "ValidationError: Health check port 'http' must be either 'traffic-port' or in the range 1 to 65535"),
        Refusal(
            "a health check by TCP", "CreateTargetGroup", creation(["HealthCheckProtocol": "TCP"]),
            "InvalidConfigurationRequest: Health check protocol 'TCP' must be one of 'HTTP, HTTPS'"),
        Refusal(
            "a path without its slash", "ModifyTargetGroup", ["TargetGroupArn": "$tg", "HealthCheckPath": "healthz"],
            "ValidationError: Health check path 'healthz' must begin with a '/' character"),
        Refusal(
            "a matcher that passes failures", "ModifyTargetGroup",
            ["TargetGroupArn": "$tg", "Matcher": ["HttpCode": "200,500"]],
            "ValidationError: Health check matcher HTTP code '200,500' must consist of codes from 200 to 499, as in "
                + "'200,202' and '200-299'"),
        Refusal(
            "deletion while it is in use", "DeleteTargetGroup", ["TargetGroupArn": "$tg"],
            "ResourceInUse: Target group '$tg' is currently in use by a listener or a rule"),
        Refusal(
            "an unknown one", "DescribeTargetGroups", ["Names": ["web", "nobody"]],
            "TargetGroupNotFound: One or more target groups not found"),
        Refusal(
            "names and a load balancer", "DescribeTargetGroups", ["Names": ["web"], "LoadBalancerArn": "$lb"],
            "ValidationError: Target group names, target group ARNs, and a load balancer ARN cannot be specified at the "
                + "same time"),
        Refusal(
            "an attribute nobody knows", "ModifyTargetGroupAttributes", attribute("speed", "11"),
            "ValidationError: Target group attribute key 'speed' is not recognized"),
        Refusal(
            "too long a delay", "ModifyTargetGroupAttributes",
            attribute("deregistration_delay.timeout_seconds", "3601"),
            "ValidationError: 'deregistration_delay.timeout_seconds' value '3601' must be between '0-3600' inclusive"),
        Refusal(
            "too fast a slow start", "ModifyTargetGroupAttributes", attribute("slow_start.duration_seconds", "29"),
            "ValidationError: 'slow_start.duration_seconds' value '29' must be '0' or between '30-900' inclusive"),
        Refusal(
            "what is not yes or no", "ModifyTargetGroupAttributes", attribute("stickiness.enabled", "maybe"),
            "ValidationError: 'stickiness.enabled' value 'maybe' must be one of [true, false]"),
        Refusal(
            "stickiness of network load balancers", "ModifyTargetGroupAttributes",
            attribute("stickiness.type", "source_ip"),
            "InvalidConfigurationRequest: Stickiness type 'source_ip' is not supported for target groups with the HTTP "
                + "protocol"),
        Refusal(
            "an application cookie without a name", "ModifyTargetGroupAttributes",
            [
                "TargetGroupArn": "$tg",
                "Attributes": [
                    ["Key": "stickiness.enabled", "Value": "true"], ["Key": "stickiness.type", "Value": "app_cookie"],
                ],
            ],
            "InvalidConfigurationRequest: You must set an application cookie name to enable stickiness of type "
                + "'app_cookie'"),
    ]
}
