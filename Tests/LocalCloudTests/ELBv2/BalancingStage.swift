import AWSModel
import AttributeTree
import Synchronization
import Testing

@testable import LocalCloud

/// A cloud that is called as clients call it, with requests and answers on the wire, and that knows ARNs by short names.
///
/// A text in an input may be `$name`, which stands for what was noted under that name: `$a`, `$b` and `$c` are the subnets,
/// `$vpc` the VPC, `$a2` and `$b2` are in the other one, `$vpc2`, and `web()` notes more.
struct BalancingStage {
    var world = World(account: Account())
    var now = Moment(1_700_000_000)
    private(set) var names: [String: String]
    private let ids: IDSource

    init() {
        let network = world.network
        names = ["vpc": network.defaultVPC, "sg": network.defaultSecurityGroup]
        for (name, subnet) in zip(["a", "b", "c"], network.subnets) { names[name] = subnet.id }
        (names["vpc2"], names["sg2"]) = (network.vpcs[1].id, network.vpcs[1].defaultSecurityGroup)
        for (name, subnet) in zip(["a2", "b2"], network.vpcs[1].subnets) { names[name] = subnet.id }
        let counter = Counter()
        ids = IDSource { counter.next() }
    }

    /// With an active load balancer, `$lb`; its listener at port 80, `$listener`, which forwards to `$tg`; a rule with
    /// priority 10, `$rule`; its default rule, `$default`; and a target group that nobody uses, `$spare`.
    static func web() throws -> BalancingStage {
        var stage = BalancingStage()
        try stage.call("CreateLoadBalancer", ["Name": "web", "Subnets": ["$a", "$b"]], noting: "lb")
        try stage.call("CreateTargetGroup", group("web"), noting: "tg")
        try stage.call("CreateTargetGroup", group("spare"), noting: "spare")
        try stage.call("CreateListener", listener(port: 80), noting: "listener")
        try stage.call(
            "CreateRule",
            [
                "ListenerArn": "$listener", "Priority": 10, "Actions": [forward("$tg")],
                "Conditions": [["Field": "path-pattern", "Values": ["/api/*"]]],
            ], noting: "rule")
        let rules = try stage.call("DescribeRules", ["ListenerArn": "$listener"])
        stage.names["default"] = rules["Rules"]?[1]?["RuleArn"]?.stringValue
        stage.wait(seconds: 2)
        return stage
    }

    static func group(_ name: AttributeValue) -> AttributeValue {
        ["Name": name, "Protocol": "HTTP", "Port": 8080, "VpcId": "$vpc", "TargetType": "ip"]
    }

    static func listener(port: Int, _ actions: AttributeValue = [forward("$tg")]) -> AttributeValue {
        ["LoadBalancerArn": "$lb", "Protocol": "HTTP", "Port": .int(port), "DefaultActions": actions]
    }

    static func forward(_ group: AttributeValue) -> AttributeValue { ["Type": "forward", "TargetGroupArn": group] }
}

extension BalancingStage {
    /// Calls an operation through the wire and back.
    ///
    /// - Parameter name: for the ARN of what the answer tells of first.
    @discardableResult
    mutating func call(
        _ operation: String, _ input: AttributeValue = [:], noting name: String? = nil
    ) throws -> AttributeValue {
        let service = ImitatedService.elbv2
        guard let model = service.model.operation(operation), let handler = service.operations[operation] else {
            throw CloudFault("InvalidAction", "\(operation) is not offered")
        }
        let (_, received) = try service.model.decodeRequest(try model.encode(resolved(input)))
        let context = CallContext(
            now: now, caller: Caller(accessKeyID: "test", arn: "", userID: "test"), ids: ids)
        var changed = world
        let output = try handler(&changed, received, context)
        world = changed
        world.advance(to: now)
        let answer = try model.decode(try model.encodeResponse(output, requestID: "1"))
        if let name {
            names[name] = answer.mapValue?.values.lazy.compactMap { $0[0]?.firstARN }.first
        }
        return answer
    }

    /// The refusal of a call as `Code: message`, with short names in the place of what they stand for.
    mutating func refusal(_ operation: String, _ input: AttributeValue) -> String {
        do {
            let answer = try call(operation, input)
            return "no refusal but \(answer.jsonText())"
        } catch let fault as CloudFault {
            return fault.status == 400 ? named("\(fault.code): \(fault.message)") : "status \(fault.status)"
        } catch let fault as ServiceFault {
            return fault.status == 400 ? named("\(fault.code): \(fault.message)") : "status \(fault.status)"
        } catch {
            return "\(error)"
        }
    }

    mutating func wait(seconds: Double) {
        now = now + seconds
        world.advance(to: now)
    }

    subscript(name: String) -> String { names[name] ?? "there is no $\(name)" }

    func resolved(_ value: AttributeValue) -> AttributeValue {
        switch value {
        case .string(let text) where text.hasPrefix("$"): .string(names[String(text.dropFirst())] ?? text)
        case .list(let elements): .list(elements.map(resolved))
        case .map(let members): .map(members.mapValues(resolved))
        case .null, .bool, .int, .number, .string: value
        }
    }

    /// With short names in the place of what they stand for.
    func named(_ text: String) -> String {
        // The longer first: the ARN of a rule begins as that of its listener does.
        names.sorted { $0.value.count > $1.value.count }
            .reduce(text) { $0.replacing($1.value, with: "$\($1.key)") }
    }
}

extension AttributeValue {
    fileprivate var firstARN: String? {
        ["RuleArn", "ListenerArn", "TargetGroupArn", "LoadBalancerArn"].lazy.compactMap { self[$0]?.stringValue }.first
    }
}

private final class Counter: Sendable {
    private let value = Mutex<UInt64>(0)

    /// Numbers that differ from the first of their digits on.
    func next() -> UInt64 {
        value.withLock { value in
            value += 1
            return value &* 0x9e37_79b9_7f4a_7c15
        }
    }
}

/// A call that AWS refuses, and the words in which it does.
struct Refusal: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var operation: String
    var input: AttributeValue
    var expected: String

    init(_ testDescription: String, _ operation: String, _ input: AttributeValue, _ expected: String) {
        self.testDescription = testDescription
        self.operation = operation
        self.input = input
        self.expected = expected
    }
}
