import AttributeTree
import LoadBalancing
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct TargetHealthTests {
    @Test("a target is registered, checked, healthy, drains for the delay, and is gone")
    func lifecycle() throws {
        var stage = try BalancingStage.web()
        try stage.delay(seconds: 5)
        try stage.register("127.64.0.10")
        #expect(try stage.health() == "initial Elb.RegistrationInProgress Target registration is in progress")
        stage.wait(seconds: 1)
        #expect(try stage.health() == "initial Elb.InitialHealthChecking Initial health checks in progress")
        stage.found(.healthy)
        #expect(try stage.health() == "healthy")
        #expect(stage.targetState == .healthy)
        try stage.call("DeregisterTargets", ["TargetGroupArn": "$tg", "Targets": [["Id": "127.64.0.10"]]])
        stage.found(.unhealthy(.timeout))
        #expect(
            try stage.health() == "draining Target.DeregistrationInProgress Target deregistration is in progress")
        #expect(stage.targetState == .draining)
        #expect(stage.world.nextChange(after: stage.now) == stage.now + 5)
        stage.wait(seconds: 5)
        #expect(stage.targetState == nil)
        let all = try stage.call("DescribeTargetHealth", ["TargetGroupArn": "$tg"])
        #expect(all["TargetHealthDescriptions"] == [])
        #expect(
            try stage.health() == "unused Target.NotRegistered Target is not registered to the target group")
    }

    @Test(arguments: [
        (
            TargetStatus.unhealthy(.status(500)),
            "unhealthy Target.ResponseCodeMismatch Health checks failed with these codes: [500]"
        ),
        (.unhealthy(.timeout), "unhealthy Target.Timeout Request timed out"),
        (.unhealthy(.noConnection), "unhealthy Target.FailedHealthChecks Health checks failed"),
        (.unhealthy(.unreadable), "unhealthy Target.FailedHealthChecks Health checks failed"),
        (.healthy, "healthy"),
    ])
    func tellsWhatWasFound(_ status: TargetStatus, _ expected: String) throws {
        var stage = try BalancingStage.web()
        try stage.register("127.64.0.10")
        stage.found(status)
        #expect(try stage.health() == expected)
    }

    @Test("targets of a group that nobody uses, of a zone that is not enabled, and instances are unused")
    func unused() throws {
        var stage = try BalancingStage.web()
        try stage.call("RegisterTargets", ["TargetGroupArn": "$spare", "Targets": [["Id": "127.64.0.10"]]])
        #expect(
            try stage.health(of: "$spare") == "unused Target.NotInUse "
                + "Target group is not configured to receive traffic from the load balancer")
        try stage.register("127.64.32.10")
        #expect(
            try stage.health("127.64.32.10") == "unused Target.NotInUse "
                + "Target is in an Availability Zone that is not enabled for the load balancer")
        try stage.call("SetSubnets", ["LoadBalancerArn": "$lb", "Subnets": ["$a", "$b", "$c"]])
        #expect(try stage.health("127.64.32.10").hasPrefix("initial"))

        var instances = BalancingStage.group("instances")
        instances["TargetType"] = "instance"
        try stage.call("CreateTargetGroup", instances, noting: "instances")
        try stage.call("CreateListener", BalancingStage.listener(port: 81, [BalancingStage.forward("$instances")]))
        try stage.call("RegisterTargets", ["TargetGroupArn": "$instances", "Targets": [["Id": "i-0123456789abcdef0"]]])
        #expect(
            try stage.health("i-0123456789abcdef0", of: "$instances")
                == "unused Target.InvalidState Target is in the stopped state")
    }

    @Test("a target without traffic is gone at once, and a draining one begins anew when it is registered again")
    func deregistration() throws {
        var stage = try BalancingStage.web()
        let spare: AttributeValue = ["TargetGroupArn": "$spare", "Targets": [["Id": "127.64.0.10"]]]
        try stage.call("RegisterTargets", spare)
        try stage.call("DeregisterTargets", spare)
        try stage.call("DeregisterTargets", spare)
        #expect(stage.world.targetGroup(stage["spare"])?.targets == [])

        try stage.register("127.64.0.10")
        stage.found(.healthy)
        try stage.call("DeregisterTargets", ["TargetGroupArn": "$tg", "Targets": [["Id": "127.64.0.10"]]])
        stage.wait(seconds: 10)
        try stage.register("127.64.0.10")
        #expect(stage.targetState == .initial)
        stage.wait(seconds: 300)
        #expect(stage.targetState == .initial)
    }

    @Test("what was found is forgotten when nobody sends to the target group any longer")
    func newUse() throws {
        var stage = try BalancingStage.web()
        try stage.register("127.64.0.10")
        stage.found(.healthy)
        try stage.call("DeleteRule", ["RuleArn": "$rule"])
        #expect(stage.targetState == .healthy)
        try stage.call("DeleteListener", ["ListenerArn": "$listener"])
        #expect(stage.targetState == .unused)
        stage.found(.healthy)
        try stage.call("CreateListener", BalancingStage.listener(port: 80))
        #expect(stage.targetState == .initial)
    }

    @Test("one address may be there with several ports, in the zone of its subnet")
    func ports() throws {
        var stage = try BalancingStage.web()
        try stage.call(
            "RegisterTargets",
            [
                "TargetGroupArn": "$tg",
                "Targets": [
                    ["Id": "127.64.16.10", "Port": 80], ["Id": "127.64.16.10", "Port": 81], ["Id": "172.17.0.2"],
                    ["Id": "10.0.0.1", "AvailabilityZone": "all"],
                ],
            ])
        let found = try stage.call("DescribeTargetHealth", ["TargetGroupArn": "$tg"])["TargetHealthDescriptions"]
        #expect(
            found?.listValue?.map { $0["Target"] } == [
                ["Id": "127.64.16.10", "Port": 80, "AvailabilityZone": "local-1b"],
                ["Id": "127.64.16.10", "Port": 81, "AvailabilityZone": "local-1b"],
                ["Id": "172.17.0.2", "Port": 8080], ["Id": "10.0.0.1", "Port": 8080],
            ])
        #expect(found?.listValue?.map { $0["HealthCheckPort"] } == ["80", "81", "8080", "8080"])
    }

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) throws {
        var stage = try BalancingStage.web()
        #expect(stage.refusal(refusal.operation, refusal.input) == refusal.expected)
        #expect(stage.world.targetGroup(stage["tg"])?.targets == [])
    }

    private static func targets(_ targets: AttributeValue) -> AttributeValue {
        ["TargetGroupArn": "$tg", "Targets": targets]
    }

    static let refusals: [Refusal] = [
        Refusal(
            "a name", "RegisterTargets", targets([["Id": "127.64.0.10"], ["Id": "localhost"]]),
            "ValidationError: The IP address 'localhost' is not a valid IPv4 address"),
        Refusal(
            "an address of the internet", "RegisterTargets", targets([["Id": "8.8.8.8"]]),
            "ValidationError: The IP address '8.8.8.8' is not within the IP ranges of targets"),
        Refusal(
            "an unknown zone", "RegisterTargets", targets([["Id": "10.0.0.1", "AvailabilityZone": "mars-1a"]]),
            "ValidationError: Availability Zone 'mars-1a' is not valid"),
        Refusal("nothing", "RegisterTargets", targets([]), "ValidationError: A target must be specified"),
        Refusal(
            "more than 1000", "RegisterTargets",
            targets(.list((1...1001).map { ["Id": "10.0.0.1", "Port": .int($0)] })),
            "TooManyTargets: The limit of '1000' targets per target group has been reached"),
        Refusal(
            "an unknown target group", "DescribeTargetHealth",
            ["TargetGroupArn": "arn:aws:elasticloadbalancing:local-1:000000000000:targetgroup/no/1"],
            "TargetGroupNotFound: One or more target groups not found"),
    ]
}

extension BalancingStage {
    fileprivate var targetState: TargetState? {
        world.targetState(self["tg"], address: "127.64.0.10", port: 8080)
    }

    fileprivate mutating func register(_ address: AttributeValue) throws {
        try call("RegisterTargets", ["TargetGroupArn": "$tg", "Targets": [["Id": address]]])
    }

    fileprivate mutating func found(_ status: TargetStatus) {
        let key = TargetKey(TargetGroupID(self["tg"]), Target("127.64.0.10", 8080))
        world.record(status, of: key, at: now)
    }

    fileprivate mutating func delay(seconds: Int) throws {
        try call(
            "ModifyTargetGroupAttributes",
            [
                "TargetGroupArn": "$tg",
                "Attributes": [["Key": "deregistration_delay.timeout_seconds", "Value": .string("\(seconds)")]],
            ])
    }

    /// State, reason and description of a target.
    fileprivate mutating func health(
        _ address: AttributeValue = "127.64.0.10", of group: AttributeValue = "$tg"
    ) throws -> String {
        let answer = try call("DescribeTargetHealth", ["TargetGroupArn": group, "Targets": [["Id": address]]])
        let health = answer["TargetHealthDescriptions"]?[0]?["TargetHealth"]
        return ["State", "Reason", "Description"].compactMap { health?[$0]?.stringValue }.joined(separator: " ")
    }
}
