import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct ListenerTests {
    private static let certificate: AttributeValue = "arn:aws:acm:local-1:000000000000:certificate/1"
    private static let other: AttributeValue = "arn:aws:iam::000000000000:server-certificate/2"

    @Test("an action is told in both of its forms, with its order")
    func members() throws {
        var stage = try BalancingStage.web()
        let listeners = try stage.call("DescribeListeners", ["LoadBalancerArn": "$lb"])
        #expect(
            listeners["Listeners"]
                == stage.resolved([
                    [
                        "ListenerArn": "$listener", "LoadBalancerArn": "$lb", "Port": 80, "Protocol": "HTTP",
                        "DefaultActions": [
                            [
                                "Type": "forward", "Order": 1, "TargetGroupArn": "$tg",
                                "ForwardConfig": [
                                    "TargetGroups": [["TargetGroupArn": "$tg", "Weight": 1]],
                                    "TargetGroupStickinessConfig": ["Enabled": false],
                                ],
                            ]
                        ],
                    ]
                ]))
        #expect(stage["listener"].hasPrefix(stage["lb"].replacing(":loadbalancer/", with: ":listener/") + "/"))
        #expect(stage["rule"].hasPrefix(stage["listener"].replacing(":listener/", with: ":listener-rule/") + "/"))
    }

    @Test("redirects and fixed responses are told with their defaults")
    func otherActions() throws {
        var stage = try BalancingStage.web()
        let redirect = try stage.call(
            "CreateListener",
            BalancingStage.listener(
                port: 81,
                [
                    [
                        "Type": "redirect",
                        "RedirectConfig": ["StatusCode": "HTTP_301", "Port": "443", "Protocol": "HTTPS"],
                    ]
                ]))
        #expect(
            redirect["Listeners"]?[0]?["DefaultActions"]?[0]?["RedirectConfig"] == [
                "StatusCode": "HTTP_301", "Port": "443", "Protocol": "HTTPS", "Host": "#{host}", "Path": "/#{path}",
                "Query": "#{query}",
            ])
        let fixed = try stage.call(
            "CreateListener",
            BalancingStage.listener(
                port: 82, [["Type": "fixed-response", "Order": 5, "FixedResponseConfig": ["StatusCode": "404"]]]))
        #expect(
            fixed["Listeners"]?[0]?["DefaultActions"] == [
                ["Type": "fixed-response", "Order": 5, "FixedResponseConfig": ["StatusCode": "404"]]
            ])
    }

    @Test("the same creation again gives the same listener")
    func idempotence() throws {
        var stage = try BalancingStage.web()
        try stage.call("CreateListener", BalancingStage.listener(port: 80), noting: "again")
        #expect(stage["again"] == stage["listener"])
        #expect(stage.world.balancing.listeners.count == 1)
    }

    @Test("a listener moves to another port and another action; one that is deleted takes its rules along")
    func changes() throws {
        var stage = try BalancingStage.web()
        try stage.call(
            "ModifyListener",
            ["ListenerArn": "$listener", "Port": 8080, "DefaultActions": [BalancingStage.forward("$spare")]])
        let listener = try stage.call("DescribeListeners", ["ListenerArns": ["$listener"]])["Listeners"]?[0]
        #expect(listener?["Port"] == 8080)
        #expect(listener?["DefaultActions"]?[0]?["TargetGroupArn"] == .string(stage["spare"]))
        #expect(stage.world.balancing.brokenInvariants == [])
        try stage.call("DeleteListener", ["ListenerArn": "$listener"])
        #expect(stage.world.balancing.rules.isEmpty)
        try stage.call("DeleteTargetGroup", ["TargetGroupArn": "$tg"])
        #expect(
            stage.refusal("DeleteListener", ["ListenerArn": "$listener"])
                == "ListenerNotFound: One or more listeners not found")
    }

    @Test("HTTPS has a certificate and a policy, which a change to HTTP forgets")
    func security() throws {
        var stage = try BalancingStage.web()
        var input = BalancingStage.listener(port: 443)
        input["Protocol"] = "HTTPS"
        input["Certificates"] = [["CertificateArn": Self.certificate]]
        let created = try stage.call("CreateListener", input, noting: "secure")["Listeners"]?[0]
        #expect(created?["SslPolicy"] == "ELBSecurityPolicy-2016-08")
        #expect(created?["Certificates"] == [["CertificateArn": Self.certificate]])
        #expect(created?["MutualAuthentication"] == ["Mode": "off"])

        let added = try stage.call(
            "AddListenerCertificates", ["ListenerArn": "$secure", "Certificates": [["CertificateArn": Self.other]]])
        #expect(added == ["Certificates": [["CertificateArn": Self.other, "IsDefault": false]]])
        let all: AttributeValue = [
            ["CertificateArn": Self.certificate, "IsDefault": true],
            ["CertificateArn": Self.other, "IsDefault": false],
        ]
        #expect(try stage.call("DescribeListenerCertificates", ["ListenerArn": "$secure"])["Certificates"] == all)
        try stage.call(
            "RemoveListenerCertificates", ["ListenerArn": "$secure", "Certificates": [["CertificateArn": Self.other]]])
        #expect(
            stage.refusal(
                "RemoveListenerCertificates",
                ["ListenerArn": "$secure", "Certificates": [["CertificateArn": Self.certificate]]])
                == "OperationNotPermitted: Default certificate "
                + "'arn:aws:acm:local-1:000000000000:certificate/1' cannot be removed")

        let plain = try stage.call("ModifyListener", ["ListenerArn": "$secure", "Protocol": "HTTP"])["Listeners"]?[0]
        #expect(plain?["SslPolicy"] == nil)
        #expect(plain?["Certificates"] == nil)
        #expect(
            stage.refusal("ModifyListener", ["ListenerArn": "$secure", "Protocol": "HTTPS"])
                == "ValidationError: A certificate must be specified for HTTPS listeners")
    }

    @Test("what a listener adds to answers is kept, and headers about certificates need TLS")
    func attributes() throws {
        var stage = try BalancingStage.web()
        let key: AttributeValue = "routing.http.response.x_frame_options.header_value"
        let changed = try stage.call(
            "ModifyListenerAttributes",
            ["ListenerArn": "$listener", "Attributes": [["Key": key, "Value": "DENY"]]])
        #expect(changed["Attributes"]?.listValue?.contains(["Key": key, "Value": "DENY"]) == true)
        #expect(try stage.call("DescribeListenerAttributes", ["ListenerArn": "$listener"]) == changed)
        #expect(
            stage.refusal(
                "ModifyListenerAttributes",
                [
                    "ListenerArn": "$listener",
                    "Attributes": [["Key": "routing.http.request.x_amzn_tls_version.header_name", "Value": "V"]],
                ])
                == "ValidationError: Listener attribute key 'routing.http.request.x_amzn_tls_version.header_name' is not "
                + "recognized")
    }

    @Test("a target group belongs to one load balancer")
    func association() throws {
        var stage = try BalancingStage.web()
        try stage.call("CreateLoadBalancer", ["Name": "second", "Subnets": ["$a", "$b"]], noting: "second")
        var input = BalancingStage.listener(port: 80)
        input["LoadBalancerArn"] = "$second"
        #expect(
            stage.refusal("CreateListener", input) == "TargetGroupAssociationLimit: "
                + "The following target groups cannot be associated with more than one load balancer: $tg")
        input["DefaultActions"] = [BalancingStage.forward("$spare")]
        try stage.call("CreateListener", input, noting: "other")
        #expect(
            stage.refusal(
                "ModifyRule", ["RuleArn": "$rule", "Actions": [BalancingStage.forward("$spare")]]
            ).hasPrefix("TargetGroupAssociationLimit"))
        #expect(stage.world.balancing.brokenInvariants == [])
    }

    @Test("a load balancer sends to target groups of its VPC, in which it stays")
    func otherVPC() throws {
        var stage = try BalancingStage.web()
        var group = BalancingStage.group("elsewhere")
        group["VpcId"] = "$vpc2"
        try stage.call("CreateTargetGroup", group, noting: "elsewhere")
        #expect(
            stage.refusal(
                "ModifyListener",
                ["ListenerArn": "$listener", "DefaultActions": [BalancingStage.forward("$elsewhere")]])
                == "InvalidConfigurationRequest: The following target groups are in a different VPC than load balancer "
                + "$lb: $elsewhere")
        #expect(
            stage.refusal("SetSubnets", ["LoadBalancerArn": "$lb", "Subnets": ["$a2", "$b2"]])
                == "InvalidConfigurationRequest: The subnets are in a different VPC than load balancer $lb")
        let balancer: AttributeValue = ["Name": "second", "Subnets": ["$a2", "$b2"]]
        let answer = try stage.call("CreateLoadBalancer", balancer, noting: "second")
        #expect(answer["LoadBalancers"]?[0]?["VpcId"] == .string(stage.world.network.vpcs[1].id))
        #expect(
            answer["LoadBalancers"]?[0]?["SecurityGroups"]
                == [.string(stage.world.network.vpcs[1].defaultSecurityGroup)])
        var input = BalancingStage.listener(port: 80, [BalancingStage.forward("$elsewhere")])
        input["LoadBalancerArn"] = "$second"
        try stage.call("CreateListener", input, noting: "other")
    }

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) throws {
        var stage = try BalancingStage.web()
        #expect(stage.refusal(refusal.operation, refusal.input) == refusal.expected)
        #expect(stage.world.balancing.listeners.count == 1)
    }

    private static func creation(_ members: AttributeValue) -> AttributeValue {
        .map(
            (BalancingStage.listener(port: 81).mapValue ?? [:]).merging(members.mapValue ?? [:]) { $1 }
                .filter { !$1.isNull })
    }

    private static func action(_ type: AttributeValue, _ member: String, _ configuration: AttributeValue)
        -> AttributeValue
    {
        var action: AttributeValue = ["Type": type]
        action[member] = configuration
        return BalancingStage.listener(port: 81, [action])
    }

    private static func destinations(_ groups: AttributeValue) -> AttributeValue {
        action("forward", "ForwardConfig", ["TargetGroups": groups])
    }

    static let refusals: [Refusal] = [
        Refusal(
            "another action at a port in use", "CreateListener",
            BalancingStage.listener(port: 80, [BalancingStage.forward("$spare")]),
            "DuplicateListener: A listener already exists on this port for this load balancer '$lb'"),
        Refusal(
            "an unknown load balancer", "CreateListener",
            creation(["LoadBalancerArn": "arn:aws:elasticloadbalancing:local-1:000000000000:loadbalancer/app/no/1"]),
            "LoadBalancerNotFound: Load balancers "
                + "'[arn:aws:elasticloadbalancing:local-1:000000000000:loadbalancer/app/no/1]' not found"),
        Refusal(
            "no port", "CreateListener", creation(["Port": .null]),
            "ValidationError: A listener port must be specified"),
        Refusal(
            "no protocol", "CreateListener", creation(["Protocol": .null]),
            "ValidationError: A listener protocol must be specified"),
        Refusal(
            "a protocol of network load balancers", "CreateListener", creation(["Protocol": "TCP"]),
            "ValidationError: Listener protocol 'TCP' must be one of 'HTTPS, HTTP'"),
        Refusal(
            "HTTPS without a certificate", "CreateListener", creation(["Protocol": "HTTPS"]),
            "ValidationError: A certificate must be specified for HTTPS listeners"),
        Refusal(
            "a certificate that cannot be one", "CreateListener",
            creation(["Protocol": "HTTPS", "Certificates": [["CertificateArn": "mine"]]]),
            "CertificateNotFound: Certificate 'mine' not found"),
        Refusal(
            "a policy nobody knows", "CreateListener",
            creation(["Protocol": "HTTPS", "Certificates": [["CertificateArn": certificate]], "SslPolicy": "best"]),
            "SSLPolicyNotFound: SSL policy 'best' not found"),
        Refusal(
            "a certificate without TLS", "CreateListener",
            creation(["Certificates": [["CertificateArn": certificate]]]),
            "ValidationError: A certificate cannot be specified for HTTP listeners"),
        Refusal(
            "no action", "CreateListener", creation(["DefaultActions": []]),
            "ValidationError: An action must be specified"),
        Refusal(
            "two actions that end the way", "CreateListener",
            creation(["DefaultActions": [BalancingStage.forward("$tg"), BalancingStage.forward("$spare")]]),
            "InvalidLoadBalancerAction: Exactly one action of the type 'forward', 'redirect' or 'fixed-response' must be "
                + "specified, and it must be the last one"),
        Refusal(
            "authentication", "CreateListener", creation(["DefaultActions": [["Type": "authenticate-oidc"]]]),
            "InvalidConfigurationRequest: The local cloud does not offer actions of the type 'authenticate-oidc'"),
        Refusal(
            "an unknown target group", "CreateListener",
            creation([
                "DefaultActions": [
                    BalancingStage.forward("arn:aws:elasticloadbalancing:local-1:000000000000:targetgroup/no/1")
                ]
            ]), "TargetGroupNotFound: One or more target groups not found"),
        Refusal(
            "what is no target group", "CreateListener", creation(["DefaultActions": [BalancingStage.forward("$lb")]]),
            "ValidationError: '$lb' is not a valid target group ARN"),
        Refusal(
            "a weight of 1000", "CreateListener", destinations([["TargetGroupArn": "$tg", "Weight": 1000]]),
            "ValidationError: Target group weight '1000' must be between '0-999' inclusive"),
        Refusal(
            "six target groups", "CreateListener",
            destinations(.list(Array(repeating: ["TargetGroupArn": "$tg"], count: 6))),
            "InvalidLoadBalancerAction: A forward action can only have '5' target groups"),
        Refusal(
            "a target group twice", "CreateListener",
            destinations([["TargetGroupArn": "$tg"], ["TargetGroupArn": "$tg", "Weight": 2]]),
            "ValidationError: A target group can only be specified once in an action"),
        Refusal(
            "a redirect to itself", "CreateListener", action("redirect", "RedirectConfig", ["StatusCode": "HTTP_302"]),
            "InvalidLoadBalancerAction: A redirect must modify at least one of the protocol, the host, the port or the "
                + "path"),
        Refusal(
            "a redirect to a relative path", "CreateListener",
            action("redirect", "RedirectConfig", ["StatusCode": "HTTP_302", "Path": "a"]),
            "ValidationError: Redirect path 'a' must begin with '/'"),
        Refusal(
            "a fixed response that goes on", "CreateListener",
            action("fixed-response", "FixedResponseConfig", ["StatusCode": "100"]),
            "ValidationError: 1 validation error detected: Value '100' at "
                + "'actions.1.member.fixedResponseConfig.statusCode' failed to satisfy constraint: Member must satisfy "
                + "regular expression pattern: ^(2|4|5)\\d\\d$"),
        Refusal(
            "a fixed image", "CreateListener",
            action("fixed-response", "FixedResponseConfig", ["StatusCode": "200", "ContentType": "image/png"]),
            "InvalidLoadBalancerAction: The ContentType must be one of:'text/html', 'application/json', "
                + "'application/javascript', 'text/css', 'text/plain'"),
        Refusal(
            "listeners of nothing", "DescribeListeners", [:],
            "ValidationError: You must specify either listener ARNs or a load balancer ARN"),
    ]
}
