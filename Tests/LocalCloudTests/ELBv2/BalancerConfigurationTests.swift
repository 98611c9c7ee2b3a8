import AttributeTree
import LoadBalancing
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct BalancerConfigurationTests {
    @Test("only active load balancers listen, at their own address and port")
    func activation() throws {
        var stage = BalancingStage()
        try stage.call("CreateLoadBalancer", ["Name": "web", "Subnets": ["$a", "$b"]], noting: "lb")
        try stage.call("CreateTargetGroup", BalancingStage.group("web"), noting: "tg")
        try stage.call("CreateListener", BalancingStage.listener(port: 80), noting: "listener")
        #expect(stage.configuration == BalancerConfiguration())
        stage.wait(seconds: 2)
        let listener = try #require(stage.configuration.listeners[ListenerID(stage["listener"])])
        #expect(listener.address == "127.0.1.1")
        #expect(listener.port == 80)
        #expect(listener.identity == nil)
        #expect(listener.rules == [])
        #expect(listener.defaultAction == .forward(ForwardAction([.init(TargetGroupID(stage["tg"]))])))
        #expect(Array(stage.configuration.targetGroups.keys) == [TargetGroupID(stage["tg"])])
    }

    @Test("rules are in the order in which they are tried, with all that they say")
    func rules() throws {
        var stage = try BalancingStage.web()
        try stage.call(
            "CreateRule",
            [
                "ListenerArn": "$listener", "Priority": 5,
                "Actions": [
                    ["Type": "redirect", "RedirectConfig": ["StatusCode": "HTTP_302", "Host": "example.com"]]
                ],
                "Conditions": [
                    ["Field": "host-header", "HostHeaderConfig": ["Values": ["*.example.org"]]],
                    ["Field": "path-pattern", "PathPatternConfig": ["RegexValues": ["^/a+$"]]],
                    ["Field": "query-string", "QueryStringConfig": ["Values": [["Value": "x"]]]],
                    ["Field": "http-header", "HttpHeaderConfig": ["HttpHeaderName": "A", "Values": ["b?"]]],
                    ["Field": "source-ip", "SourceIpConfig": ["Values": ["10.0.0.0/8"]]],
                ],
            ])
        let listener = try #require(stage.configuration.listeners.values.first)
        #expect(
            listener.rules == [
                Rule(
                    conditions: [
                        .host([.wildcard("*.example.org")]), .path([.regex("^/a+$")]),
                        .query([QueryPattern(key: nil, value: .wildcard("x"))]),
                        .header(name: "A", [.wildcard("b?")]), .sourceIP([AddressBlock("10.0.0.0/8")]),
                    ],
                    action: .redirect(RedirectAction(isPermanent: false, host: "example.com"))),
                Rule(
                    conditions: [.path([.wildcard("/api/*")])],
                    action: .forward(ForwardAction([.init(TargetGroupID(stage["tg"]))]))),
            ])
    }

    @Test("targets that receive no requests finish those they have")
    func targets() throws {
        var stage = try BalancingStage.web()
        try stage.call(
            "RegisterTargets",
            [
                "TargetGroupArn": "$tg",
                "Targets": [["Id": "127.64.0.10"], ["Id": "127.64.16.10"], ["Id": "127.64.32.10"]],
            ])
        try stage.call("DeregisterTargets", ["TargetGroupArn": "$tg", "Targets": [["Id": "127.64.0.10"]]])
        #expect(
            try stage.group().targets == [
                Target("127.64.0.10", 8080): .draining, Target("127.64.16.10", 8080): .active,
                Target("127.64.32.10", 8080): .draining,
            ])
    }

    @Test("when nobody sends to a target group any more, its targets finish the requests they have")
    func movedListener() throws {
        var stage = try BalancingStage.web()
        try stage.call("RegisterTargets", ["TargetGroupArn": "$tg", "Targets": [["Id": "127.64.0.10"]]])
        #expect(try stage.group().targets == [Target("127.64.0.10", 8080): .active])
        try stage.call("DeleteListener", ["ListenerArn": "$listener"])
        #expect(try stage.group().targets == [Target("127.64.0.10", 8080): .draining])
        try stage.call("DeleteTargetGroup", ["TargetGroupArn": "$tg"])
        #expect(stage.configuration == BalancerConfiguration())
    }

    @Test("attributes of a target group decide how it is balanced, and its health check how it is asked")
    func targetGroup() throws {
        var stage = try BalancingStage.web()
        try stage.set([
            "stickiness.enabled": "true", "stickiness.type": "app_cookie", "stickiness.app_cookie.cookie_name": "me",
            "stickiness.app_cookie.duration_seconds": "60", "slow_start.duration_seconds": "30",
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "2",
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "50",
        ])
        try stage.call(
            "ModifyTargetGroup",
            [
                "TargetGroupArn": "$tg", "HealthCheckPath": "/healthz", "HealthCheckPort": "9000",
                "HealthCheckIntervalSeconds": 10, "HealthCheckTimeoutSeconds": 3, "HealthyThresholdCount": 2,
                "UnhealthyThresholdCount": 4, "Matcher": ["HttpCode": "200-204,301"], "HealthCheckProtocol": "HTTPS",
            ])
        #expect(
            try stage.group()
                == TargetGroupConfiguration(
                    healthCheck: HealthCheck(
                        isSecure: true, port: 9000, path: "/healthz", interval: .seconds(10), timeout: .seconds(3),
                        healthyThreshold: 2, unhealthyThreshold: 4, passingStatuses: [200...204, 301...301]),
                    stickiness: .applicationCookie(name: "me", .seconds(60)), slowStart: .seconds(30),
                    minimumHealthyCount: 2, minimumHealthyPercentage: 50))
        try stage.set([
            "stickiness.type": "lb_cookie", "slow_start.duration_seconds": "0",
            "load_balancing.algorithm.type": "least_outstanding_requests",
        ])
        #expect(try stage.group().stickiness == .balancerCookie(.seconds(86400)))
        #expect(try stage.group().algorithm == .leastOutstandingRequests)
    }

    @Test("attributes of a load balancer decide how connections are treated")
    func connections() throws {
        var stage = try BalancingStage.web()
        let attributes: [String: AttributeValue] = [
            "idle_timeout.timeout_seconds": "30", "client_keep_alive.seconds": "120",
            "routing.http.xff_header_processing.mode": "preserve", "routing.http.xff_client_port.enabled": "true",
            "routing.http.preserve_host_header.enabled": "true",
            "routing.http.drop_invalid_header_fields.enabled": "true",
        ]
        try stage.call(
            "ModifyLoadBalancerAttributes",
            [
                "LoadBalancerArn": "$lb",
                "Attributes": .list(attributes.map { ["Key": .string($0.key), "Value": $0.value] }),
            ])
        #expect(
            stage.configuration.listeners.values.first?.settings
                == ConnectionSettings(
                    idleTimeout: .seconds(30), clientKeepAlive: .seconds(120), forwardedHeaders: .preserve,
                    tellsClientPort: true, preservesHost: true, dropsInvalidHeaders: true))
    }

    @Test("HTTPS listeners show the identity they are given")
    func identity() throws {
        var stage = try BalancingStage.web()
        try stage.call(
            "ModifyListener",
            [
                "ListenerArn": "$listener", "Protocol": "HTTPS",
                "Certificates": [["CertificateArn": "arn:aws:acm:local-1:000000000000:certificate/1"]],
            ])
        #expect(stage.configuration.listeners.isEmpty)
        let identity = TLSIdentity(certificateChain: "chain", privateKey: "key")
        let configuration = stage.world.balancerConfiguration(at: stage.now, identity: identity)
        #expect(configuration.listeners.values.first?.identity == identity)
    }

    @Test("everything is the same after a restart")
    func restart() throws {
        var stage = try BalancingStage.web()
        try stage.call("RegisterTargets", ["TargetGroupArn": "$tg", "Targets": [["Id": "127.64.0.10"]]])
        let key = TargetKey(TargetGroupID(stage["tg"]), Target("127.64.0.10", 8080))
        stage.world.record(.unhealthy(.status(404)), of: key, at: stage.now)
        var rows: [StoredRow] = []
        try stage.world.takeChanges { change in
            if let record = change.record {
                rows.append(StoredRow(table: change.table, key: change.key, record: record))
            }
        }
        var restarted = World(account: Account())
        try restarted.load(rows)
        #expect(restarted.balancerConfiguration(at: stage.now) == stage.configuration)
        #expect(restarted.balancing.brokenInvariants == [])
        #expect(
            restarted.targetState(stage["tg"], address: "127.64.0.10", port: 8080)
                == .unhealthy(reason: "Health checks failed with these codes: [404]"))
    }
}

extension BalancingStage {
    fileprivate var configuration: BalancerConfiguration { world.balancerConfiguration(at: now) }

    fileprivate func group() throws -> TargetGroupConfiguration {
        try #require(configuration.targetGroups[TargetGroupID(self["tg"])])
    }

    fileprivate mutating func set(_ attributes: [String: AttributeValue]) throws {
        try call(
            "ModifyTargetGroupAttributes",
            [
                "TargetGroupArn": "$tg",
                "Attributes": .list(attributes.map { ["Key": .string($0.key), "Value": $0.value] }),
            ])
    }
}
