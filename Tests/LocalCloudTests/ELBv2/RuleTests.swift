import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct RuleTests {
    @Test("a listener has its rules in the order of their priorities, and the default one last")
    func order() throws {
        var stage = try BalancingStage.web()
        for priority in [50, 7, 9] { try stage.rule(priority) }
        #expect(try stage.priorities == ["7", "9", "10", "50", "default"])
        let rule = try stage.call("DescribeRules", ["RuleArns": ["$rule"]])["Rules"]?[0]
        #expect(
            rule?["Conditions"] == [
                ["Field": "path-pattern", "Values": ["/api/*"], "PathPatternConfig": ["Values": ["/api/*"]]]
            ])
        #expect(rule?["IsDefault"] == false)
        let last = try stage.call("DescribeRules", ["RuleArns": ["$default"]])["Rules"]?[0]
        #expect(last?["IsDefault"] == true)
        #expect(last?["Conditions"] == [])
        #expect(last?["Actions"]?[0]?["TargetGroupArn"] == .string(stage["tg"]))
    }

    @Test("conditions of all kinds come back as they were written")
    func conditions() throws {
        var stage = try BalancingStage.web()
        let conditions: AttributeValue = [
            ["Field": "host-header", "HostHeaderConfig": ["RegexValues": ["^a+$"]]],
            ["Field": "http-header", "HttpHeaderConfig": ["HttpHeaderName": "X-Stage", "Values": ["beta"]]],
            ["Field": "http-request-method", "HttpRequestMethodConfig": ["Values": ["GET"]]],
            ["Field": "query-string", "QueryStringConfig": ["Values": [["Key": "v", "Value": "2*"]]]],
            ["Field": "source-ip", "SourceIpConfig": ["Values": ["10.0.0.0/8"]]],
        ]
        try stage.rule(20, conditions)
        let rule = try stage.call("DescribeRules", ["ListenerArn": "$listener"])["Rules"]?[1]
        #expect(rule?["Conditions"]?.listValue?.dropFirst() == conditions.listValue?.dropFirst())
        #expect(
            rule?["Conditions"]?[0] == [
                "Field": "host-header", "Values": [], "RegexValues": ["^a+$"],
                "HostHeaderConfig": ["RegexValues": ["^a+$"]],
            ])
    }

    @Test("rules change places in one call; one that would share its priority with another is refused")
    func priorities() throws {
        var stage = try BalancingStage.web()
        try stage.rule(20, noting: "second")
        try stage.rule(30, noting: "third")
        let answer = try stage.call(
            "SetRulePriorities",
            [
                "RulePriorities": [
                    ["RuleArn": "$rule", "Priority": 20], ["RuleArn": "$second", "Priority": 10],
                ]
            ])
        #expect(
            answer["Rules"]?.listValue?.map { $0["RuleArn"] } == [.string(stage["second"]), .string(stage["rule"])])
        #expect(
            stage.refusal("SetRulePriorities", ["RulePriorities": [["RuleArn": "$rule", "Priority": 30]]])
                == "PriorityInUse: Priority '30' is currently in use")
        #expect(try stage.priorities == ["10", "20", "30", "default"])
    }

    @Test("a rule is changed in part, and deleted")
    func changes() throws {
        var stage = try BalancingStage.web()
        let changed = try stage.call(
            "ModifyRule",
            [
                "RuleArn": "$rule",
                "Actions": [
                    [
                        "Type": "forward",
                        "ForwardConfig": [
                            "TargetGroups": [
                                ["TargetGroupArn": "$tg", "Weight": 0], ["TargetGroupArn": "$spare", "Weight": 5],
                            ],
                            "TargetGroupStickinessConfig": ["Enabled": true, "DurationSeconds": 60],
                        ],
                    ]
                ],
            ])["Rules"]?[0]
        #expect(changed?["Conditions"]?[0]?["Values"] == ["/api/*"])
        #expect(changed?["Actions"]?[0]?["TargetGroupArn"] == nil)
        #expect(stage.world.isReachable(targetGroup: stage["spare"]))
        try stage.call("DeleteRule", ["RuleArn": "$rule"])
        #expect(stage.refusal("DeleteRule", ["RuleArn": "$rule"]) == "RuleNotFound: One or more rules not found")
        #expect(!stage.world.isReachable(targetGroup: stage["spare"]))
        #expect(stage.world.balancing.brokenInvariants == [])
    }

    @Test("a load balancer has a hundred rules, whichever listener they are of")
    func quota() throws {
        var stage = try BalancingStage.web()
        for priority in 100..<199 { try stage.rule(priority) }
        try stage.call("CreateListener", BalancingStage.listener(port: 81), noting: "listener")
        #expect(
            stage.refusal("CreateRule", Self.creation([:]))
                == "TooManyRules: The limit of '100' rules per load balancer has been reached")
    }

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) throws {
        var stage = try BalancingStage.web()
        #expect(stage.refusal(refusal.operation, refusal.input) == refusal.expected)
        #expect(try stage.priorities == ["10", "default"])
    }

    static func creation(_ members: AttributeValue) -> AttributeValue {
        let base: AttributeValue = [
            "ListenerArn": "$listener", "Priority": 20, "Actions": [BalancingStage.forward("$tg")],
            "Conditions": [["Field": "path-pattern", "Values": ["/"]]],
        ]
        return .map((base.mapValue ?? [:]).merging(members.mapValue ?? [:]) { $1 })
    }

    private static func conditions(_ conditions: AttributeValue...) -> AttributeValue {
        creation(["Conditions": .list(conditions)])
    }

    private static func path(_ values: AttributeValue) -> AttributeValue {
        ["Field": "path-pattern", "PathPatternConfig": ["Values": values]]
    }

    static let refusals: [Refusal] = [
        Refusal(
            "a priority in use", "CreateRule", creation(["Priority": 10]),
            "PriorityInUse: Priority '10' is currently in use"),
        Refusal(
            "priority 0", "CreateRule", creation(["Priority": 0]),
            "ValidationError: 1 validation error detected: Value '0' at 'priority' failed to satisfy constraint: "
                + "Member must have value greater than or equal to 1"),
        Refusal(
            "priority 50001", "CreateRule", creation(["Priority": 50001]),
            "ValidationError: 1 validation error detected: Value '50001' at 'priority' failed to satisfy constraint: "
                + "Member must have value less than or equal to 50000"),
        Refusal("no conditions", "CreateRule", conditions(), "ValidationError: A condition must be specified"),
        Refusal(
            "no field", "CreateRule", conditions(["Values": ["/"]]),
            "ValidationError: A condition field must be specified"),
        Refusal(
            "a field nobody knows", "CreateRule", conditions(["Field": "colour", "Values": ["red"]]),
            "ValidationError: Condition field 'colour' must be one of "
                + "'[path-pattern,host-header,http-header,http-request-method,query-string,source-ip]'"),
        Refusal(
            "two of a kind", "CreateRule", conditions(path(["/a"]), path(["/b"])),
            "ValidationError: A rule can only have one 'path-pattern' condition"),
        Refusal(
            "six values", "CreateRule", conditions(path(["/1", "/2", "/3", "/4", "/5", "/6"])),
            "ValidationError: A rule can only have '5' condition values"),
        Refusal(
            "six wildcards", "CreateRule", conditions(path(["/*/*/*", "/*/*/?"])),
            "ValidationError: A rule can only have '5' condition wildcards"),
        Refusal(
            "a space in a path", "CreateRule", conditions(path(["/a b"])),
            "ValidationError: The 'path-pattern' value '/a b' is invalid; the allowed characters are A-Z, a-z, 0-9, "
                + "_ - . $ / ~ \" ' @ : + & * and ?"),
        Refusal(
            "a path of 129 characters", "CreateRule", conditions(path([.string(String(repeating: "/", count: 129))])),
            "ValidationError: The 'path-pattern' value is too long; the limit is '128'"),
        Refusal(
            "both forms of values", "CreateRule",
            conditions(["Field": "path-pattern", "Values": ["/"], "PathPatternConfig": ["Values": ["/"]]]),
            "ValidationError: You cannot provide both Values and 'PathPatternConfig' for a condition of type "
                + "'path-pattern'"),
        Refusal(
            "two values in the old form", "CreateRule", conditions(["Field": "host-header", "Values": ["a", "b"]]),
            "ValidationError: The 'host-header' field contains too many values; the limit is '1'"),
        Refusal(
            "the old form where there was none", "CreateRule", conditions(["Field": "source-ip", "Values": ["a"]]),
            "ValidationError: The 'Values' field is not compatible with 'source-ip'"),
        Refusal(
            "an address without its length", "CreateRule",
            conditions(["Field": "source-ip", "SourceIpConfig": ["Values": ["10.0.0.1"]]]),
            "ValidationError: The 'source-ip' value '10.0.0.1' is invalid; it must be in CIDR notation"),
        Refusal(
            "a method in small letters", "CreateRule",
            conditions(["Field": "http-request-method", "HttpRequestMethodConfig": ["Values": ["get"]]]),
            "ValidationError: The 'http-request-method' value 'get' is invalid; the allowed characters are A-Z, hyphen "
                + "and underscore"),
        Refusal(
            "the host as another header", "CreateRule",
            conditions(["Field": "http-header", "HttpHeaderConfig": ["HttpHeaderName": "host", "Values": ["a"]]]),
            "ValidationError: The 'HttpHeaderName' value 'Host' is invalid; use a 'host-header' condition"),
        Refusal(
            "transforms", "CreateRule", creation(["Transforms": [["Type": "url-rewrite"]]]),
            "InvalidConfigurationRequest: The local cloud does not offer transforms of requests"),
        Refusal(
            "deletion of the default rule", "DeleteRule", ["RuleArn": "$default"],
            "OperationNotPermitted: Default rule '$default' cannot be deleted"),
        Refusal(
            "another action for the default rule", "ModifyRule",
            ["RuleArn": "$default", "Actions": [BalancingStage.forward("$tg")]],
            "OperationNotPermitted: Default rule '$default' cannot be modified"),
        Refusal(
            "a change of nothing", "ModifyRule", ["RuleArn": "$rule"],
            "ValidationError: Either conditions or actions must be specified"),
        Refusal(
            "one priority twice", "SetRulePriorities",
            ["RulePriorities": [["RuleArn": "$rule", "Priority": 5], ["RuleArn": "$rule", "Priority": 6]]],
            "ValidationError: Rule '$rule' was provided multiple times"),
        Refusal(
            "a priority for the default rule", "SetRulePriorities",
            ["RulePriorities": [["RuleArn": "$default", "Priority": 5]]],
            "OperationNotPermitted: Default rule '$default' cannot be given another priority"),
        Refusal(
            "rules of nothing", "DescribeRules", [:],
            "ValidationError: You must specify either listener rule ARNs or a listener ARN"),
        Refusal(
            "rules of a listener, and others", "DescribeRules", ["ListenerArn": "$listener", "RuleArns": ["$rule"]],
            "ValidationError: Listener rule ARNs and a listener ARN cannot be specified at the same time"),
    ]
}

extension BalancingStage {
    fileprivate mutating func rule(
        _ priority: Int, _ conditions: AttributeValue = [["Field": "path-pattern", "Values": ["/"]]],
        noting name: String? = nil
    ) throws {
        try call(
            "CreateRule", RuleTests.creation(["Priority": .int(priority), "Conditions": conditions]), noting: name)
    }

    fileprivate var priorities: [String] {
        mutating get throws {
            try call("DescribeRules", ["ListenerArn": "$listener"])["Rules"]?.listValue?
                .compactMap { $0["Priority"]?.stringValue } ?? []
        }
    }
}
