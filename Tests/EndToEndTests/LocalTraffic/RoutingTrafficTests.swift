import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// Where a load balancer sends requests, or what it answers itself, by its listeners, rules and target groups.
    @Suite struct RoutingTrafficTests {
        @Test("Two versions behind one listener share its requests as it is told", PythonPrograms.areInstalled())
        func sharing() async throws {
            try await TwoVersions.with { two in
                try await two.forward(weights: (90, 10))
                let share = try await two.answers(300).count { $0 == "2" }
                // A tenth is 30; less than one time in 10,000 it is outside.
                #expect((9...54).contains(share), "\(share)")

                try await two.forward(weights: (0, 100))
                #expect(Set(try await two.answers(50)) == ["2"])

                try await two.forward(weights: (50, 50), stickyForSeconds: 3600)
                let cookie = try await two.cookie("AWSALBTG")
                let versions = try await two.answers(20, ["Cookie": cookie])
                #expect(Set(versions).count == 1, "a client stays with the target group it was sent to")
                #expect(Set(try await two.answers(40)) == ["1", "2"])
            }
        }

        @Test("Clients come back to the task that their cookie names", PythonPrograms.areInstalled())
        func stickyTasks() async throws {
            try await WebStage.with { web in
                try await web.create()
                try await web.boto3(
                    "elbv2", "modify_target_group_attributes",
                    [
                        "TargetGroupArn": web.targetGroup,
                        "Attributes": [["Key": "stickiness.enabled", "Value": "true"]],
                    ])
                let first = try await eventually("a cookie") {
                    try await web.get()
                } until: {
                    $0.values("set-cookie").contains { $0.hasPrefix("AWSALB=") }
                }
                #expect(
                    first.values("set-cookie").contains { $0.hasPrefix("AWSALBCORS=") && $0.contains("SameSite=None") })
                let cookie = try #require(first.values("set-cookie").first?.split(separator: ";").first)
                for _ in 0..<10 {
                    let answer = try await web.stage.cloud.get(
                        from: web.balancer.name, headers: ["Cookie": String(cookie)])
                    #expect(answer.task == first.task)
                }
                // Others are still sent to both.
                var tasks: Set<String?> = []
                for _ in 0..<4 { tasks.insert(try await web.get().task) }
                #expect(tasks.count == 2)
            }
        }

        @Test(
            "Rules choose by path, host, header and query, the first that fits; others answer or redirect",
            PythonPrograms.areInstalled())
        func rules() async throws {
            try await TwoVersions.with { two in
                let toNext: AttributeValue = ["Type": "forward", "TargetGroupArn": two.next]
                try await two.rule(
                    1, "path-pattern", ["PathPatternConfig": ["Values": ["/gone*"]]],
                    [
                        "Type": "fixed-response",
                        "FixedResponseConfig": [
                            "StatusCode": "410", "ContentType": "text/plain", "MessageBody": "it was here",
                        ],
                    ])
                try await two.rule(
                    2, "path-pattern", ["PathPatternConfig": ["Values": ["/old/*"]]],
                    [
                        "Type": "redirect",
                        "RedirectConfig": [
                            "Protocol": "HTTPS", "Port": "443", "Path": "/new/#{path}", "StatusCode": "HTTP_301",
                        ],
                    ])
                try await two.rule(3, "host-header", ["HostHeaderConfig": ["Values": ["next.*"]]], toNext)
                try await two.rule(
                    4, "http-header", ["HttpHeaderConfig": ["HttpHeaderName": "X-Next", "Values": ["yes"]]], toNext)
                try await two.rule(
                    5, "query-string", ["QueryStringConfig": ["Values": [["Key": "next", "Value": "1*"]]]], toNext)
                let cloud = two.web.stage.cloud
                let name = two.web.balancer.name
                try await eventually("the rules") { try await cloud.get("/?next=1", from: name).version == "2" }

                let gone = try await cloud.get("/gone?next=1", from: name, host: "next.example")
                #expect(gone.status == 410 && gone.body == "it was here")
                let moved = try await cloud.get("/old/a?b=c", from: name, host: "shop.example")
                #expect(moved.status == 301)
                #expect(moved.values("location") == ["https://shop.example:443/new/old/a?b=c"])
                #expect(try await cloud.get(from: name, host: "next.example").version == "2")
                #expect(try await cloud.get(from: name, headers: ["X-Next": "yes"]).version == "2")
                #expect(try await cloud.get(from: name, headers: ["X-Next": "no"]).version == "1")
                #expect(try await cloud.get("/?next=2", from: name, host: "first.example").version == "1")
            }
        }

        @Test(
            "A listener of HTTPS shows a certificate of its own, and forwards in clear", PythonPrograms.areInstalled())
        func https() async throws {
            try await WebStage.with { web in
                try await web.create(["VERSION": "secure"])
                try await web.boto3(
                    "elbv2", "create_listener",
                    [
                        "LoadBalancerArn": web.balancer.arn, "Protocol": "HTTPS", "Port": 443,
                        "Certificates": [["CertificateArn": "arn:aws:acm:local-1:000000000000:certificate/any"]],
                        "DefaultActions": [["Type": "forward", "TargetGroupArn": web.targetGroup]],
                    ])
                let url = "https://\(web.balancer.name):\(443 + web.stage.cloud.portShift)/"
                let body = try await eventually("an answer") {
                    try await PythonPrograms.fetchUnverified(url)
                } until: {
                    !$0.isEmpty
                }
                #expect(body.contains("(version secure)"))
            }
        }
    }
}

/// Version 1 of hello in the target group that the listener forwards to, version 2 in another one.
private struct TwoVersions: Sendable {
    let web: WebStage
    let next: AttributeValue

    static func with(_ body: @Sendable (TwoVersions) async throws -> Void) async throws {
        try await WebStage.with { web in
            try await web.create(["VERSION": "1"], ["desiredCount": 1])
            let two = TwoVersions(web: web, next: try await web.stage.createQuickTargetGroup("next"))
            _ = try await web.stage.createListener(of: web.balancer, to: two.next, port: 81)
            let revision = try await web.stage.register(BotoStage.hello(["VERSION": "2"]))
            try await web.boto3(
                "ecs", "create_service",
                web.service(revision).but([
                    "serviceName": "next", "desiredCount": 1,
                    "loadBalancers": [["targetGroupArn": two.next, "containerName": "app", "containerPort": 8080]],
                ]))
            try await eventually("version 2") { try await web.get(port: 81).version == "2" }
            try await body(two)
        }
    }

    /// Has the listener share its requests between the target groups, and waits until it does.
    func forward(weights: (Int, Int), stickyForSeconds seconds: Int? = nil) async throws {
        var forward: AttributeValue = [
            "TargetGroups": [
                ["TargetGroupArn": web.targetGroup, "Weight": .int(weights.0)],
                ["TargetGroupArn": next, "Weight": .int(weights.1)],
            ]
        ]
        forward["TargetGroupStickinessConfig"] = seconds.map { ["Enabled": true, "DurationSeconds": .int($0)] }
        try await web.boto3(
            "elbv2", "modify_listener",
            ["ListenerArn": web.listener, "DefaultActions": [["Type": "forward", "ForwardConfig": forward]]])
        _ = try await eventually("the listener's change", find: { try await answers(30) }) {
            $0.contains("2") && (weights.0 > 0 || !$0.contains("1"))
        }
    }

    /// The versions that answer so many requests.
    func answers(_ count: Int, _ headers: [String: String] = [:]) async throws -> [String?] {
        var versions: [String?] = []
        for _ in 0..<count {
            versions.append(try await web.stage.cloud.get(from: web.balancer.name, headers: headers).version)
        }
        return versions
    }

    /// A cookie of this name that a request is answered with.
    func cookie(_ name: String) async throws -> String {
        let answer = try await eventually("a cookie") {
            try await web.get()
        } until: {
            $0.values("set-cookie").contains { $0.hasPrefix(name + "=") }
        }
        let cookie = answer.values("set-cookie").first { $0.hasPrefix(name + "=") }
        return String(try #require(cookie?.split(separator: ";").first))
    }

    /// Gives the listener a rule.
    func rule(
        _ priority: Int, _ field: String, _ configuration: AttributeValue, _ action: AttributeValue
    ) async throws {
        var condition = configuration
        condition["Field"] = .string(field)
        try await web.boto3(
            "elbv2", "create_rule",
            [
                "ListenerArn": web.listener, "Priority": .int(priority), "Conditions": [condition],
                "Actions": [action],
            ])
    }
}
