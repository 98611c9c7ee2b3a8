import AWSModel
import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

/// The examples of AWS's documentation, against what this cloud answers.
@Suite(.tags(.small), TestData.isPresent())
struct BalancingExampleTests {
    private static func examples(_ kind: AttributeValue) throws -> [(operation: String, value: AttributeValue)] {
        let all = try AttributeValue(json: Array(TestData.load("api-examples.json"))).listValue ?? []
        return all.filter { $0["service"] == "elbv2" && $0["kind"] == kind && $0["valid"] == true }
            .map { ($0["op"]?.stringValue ?? "", $0["json"] ?? [:]) }
    }

    @Test("documented requests are understood, and every operation in them is offered")
    func requests() throws {
        let service = ImitatedService.elbv2
        let examples = try Self.examples("input")
        for (operation, input) in examples {
            let model = try #require(service.model.operation(operation))
            #expect(service.operations[operation] != nil, "\(operation)")
            let (_, received) = try service.model.decodeRequest(try model.encode(input))
            #expect(received == input, "\(operation)")
        }
        TestData.report("requests of ELBv2", passed: examples.count, of: examples.count)
    }

    /// Of load balancers that are not offered.
    private static let others: Set<String> = [
        "LoadBalancerAddresses.IpAddress", "LoadBalancerAddresses.AllocationId",
    ]

    @Test("answers have the members that documented ones have")
    func answers() throws {
        var stage = try BalancingStage.web()
        let given = try Self.answers(&stage)
        var passed = 0
        let examples = try Self.examples("output")
        for (operation, example) in examples {
            let answer = try #require(given[operation], "\(operation)")
            let missing = example.memberPaths.subtracting(answer.memberPaths).subtracting(Self.others)
            #expect(missing == [], "\(operation)")
            if missing.isEmpty { passed += 1 }
        }
        TestData.report("answers of ELBv2", passed: passed, of: examples.count)
    }

    /// What this cloud answers to each operation that has an example.
    private static func answers(_ stage: inout BalancingStage) throws -> [String: AttributeValue] {
        let certificate: AttributeValue = [["CertificateArn": "arn:aws:acm:local-1:000000000000:certificate/1"]]
        let extra: AttributeValue = [["CertificateArn": "arn:aws:acm:local-1:000000000000:certificate/2"]]
        var secure = BalancingStage.listener(port: 443)
        secure["Protocol"] = "HTTPS"
        secure["Certificates"] = certificate
        var answers: [String: AttributeValue] = [:]
        answers["CreateListener"] = try stage.call("CreateListener", secure, noting: "secure")
        try stage.call("AddTags", ["ResourceArns": ["$lb"], "Tags": [["Key": "project", "Value": "lima"]]])
        let calls: KeyValuePairs<String, AttributeValue> = [
            "CreateLoadBalancer": ["Name": "other", "Subnets": ["$a", "$b"]],
            "CreateRule": [
                "ListenerArn": "$listener", "Priority": 11, "Actions": [BalancingStage.forward("$tg")],
                "Conditions": [["Field": "path-pattern", "Values": ["/img/*"]]],
            ],
            "AddListenerCertificates": ["ListenerArn": "$secure", "Certificates": extra],
            "DescribeAccountLimits": [:],
            "DescribeListeners": ["LoadBalancerArn": "$lb"],
            "DescribeTags": ["ResourceArns": ["$lb"]],
            "DescribeTargetGroupAttributes": ["TargetGroupArn": "$tg"],
            "ModifyListener": ["ListenerArn": "$secure", "Certificates": extra],
            "ModifyLoadBalancerAttributes": [
                "LoadBalancerArn": "$lb", "Attributes": [["Key": "idle_timeout.timeout_seconds", "Value": "30"]],
            ],
            "ModifyTargetGroup": ["TargetGroupArn": "$tg", "HealthCheckPort": "443", "HealthCheckProtocol": "HTTPS"],
            "SetIpAddressType": ["LoadBalancerArn": "$lb", "IpAddressType": "dualstack"],
            "SetRulePriorities": ["RulePriorities": [["RuleArn": "$rule", "Priority": 5]]],
            "SetSecurityGroups": ["LoadBalancerArn": "$lb", "SecurityGroups": ["$sg"]],
        ]
        for (operation, input) in calls { answers[operation] = try stage.call(operation, input) }
        return answers
    }
}

extension AttributeValue {
    /// `Listeners.Port`: every member that is there somewhere, by the names around it; a list counts as its elements.
    fileprivate var memberPaths: Set<String> {
        switch self {
        case .list(let elements): elements.reduce(into: []) { $0.formUnion($1.memberPaths) }
        case .map(let members):
            members.reduce(into: []) { paths, member in
                paths.insert(member.key)
                for path in member.value.memberPaths {
                    paths.insert("\(member.key).\(path)".split(separator: ".").suffix(2).joined(separator: "."))
                }
            }
        case .null, .bool, .int, .number, .string: []
        }
    }
}
