import AWSModel
import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct FaultTests {
    private let cloud = TestFrontDoor()

    @Test(
        "a rule befalls the operations that it names",
        arguments: [
            ("ecs:CreateService", "ecs", "CreateService", true), ("ecs:CreateService", "ecs", "CreateServices", false),
            ("ecs:*", "ecs", "ListTasks", true), ("ecs:*", "ec2", "DescribeVpcs", false),
            ("*:Describe*", "elbv2", "DescribeRules", true), ("*:*", "s3", "PutObject", true),
            ("e*2:*", "elbv2", "CreateRule", true), ("ecs:*Task*s", "ecs", "DescribeTaskDefinitions", true),
        ])
    func pattern(_ pattern: String, _ service: String, _ operation: String, _ expected: Bool) {
        #expect(FaultRule(pattern, .throttle).befalls(service, operation) == expected)
    }

    @Test("a rule with a count ends; the others go on")
    func count() {
        var plan = FaultPlan(rules: [FaultRule("ecs:*", .throttle, count: 2), FaultRule("ecs:*", .dropAnswer)])
        let decisions = (0..<4).map { _ in plan.decide("ecs", "ListTasks", isRead: true) }
        #expect(decisions.map(\.refusal) == [.throttle, .throttle, nil, nil])
        #expect(decisions.map(\.dropsAnswer) == [true, true, true, true])
        #expect(plan.rules.count == 1)
    }

    @Test("a rule with a probability befalls about so many calls, and the same ones with the same seed")
    func probability() {
        func befallen() -> [Bool] {
            var plan = FaultPlan(rules: [FaultRule("*:*", .throttle, probability: 0.25)], seed: 7)
            return (0..<1000).map { _ in plan.decide("ecs", "ListTasks", isRead: true).refusal != nil }
        }
        #expect((200...300).contains(befallen().filter(\.self).count))
        #expect(befallen() == befallen())
    }

    @Test("delays add up, the first refusal counts, and only reads are stale")
    func combination() {
        var plan = FaultPlan(rules: [
            FaultRule("*:*", .delay(milliseconds: 5)), FaultRule("ecs:*", .delay(milliseconds: 7)),
            FaultRule("*:*", .error(code: "A", status: 500, message: "")), FaultRule("*:*", .throttle),
            FaultRule("*:*", .staleReads(seconds: 5)),
        ])
        let write = plan.decide("ecs", "CreateCluster", isRead: false)
        #expect(write.delayMilliseconds == 12)
        #expect(write.refusal == .error(code: "A", status: 500, message: ""))
        #expect(write.staleSeconds == nil)
        #expect(plan.decide("ecs", "ListTasks", isRead: true).staleSeconds == 5)
    }

    @Test(
        "a rule is the same after it was written in JSON",
        arguments: [
            FaultRule("ecs:*", .throttle, count: 3), FaultRule("*:*", .delay(milliseconds: 50), probability: 0.5),
            FaultRule("s3:Put*", .error(code: "SlowDown", status: 503, message: "slow")), FaultRule("a:b", .dropAnswer),
            FaultRule("ecs:Describe*", .staleReads(seconds: 2.5)),
        ])
    func json(_ rule: FaultRule) throws {
        #expect(try FaultRule(json: rule.json) == rule)
    }

    @Test(
        "a rule that says too little is refused",
        arguments: [
            #"{}"#, #"{"operations": "ecs", "kind": "throttle"}"#, #"{"operations": "ecs:*"}"#,
            #"{"operations": "ecs:*", "kind": "error"}"#,
            #"{"operations": "ecs:*", "kind": "error", "code": "A", "status": 1}"#,
            #"{"operations": "ecs:*", "kind": "delay"}"#,
            #"{"operations": "ecs:*", "kind": "throttle", "probability": 2}"#,
            #"{"operations": "ecs:*", "kind": "throttle", "count": 0}"#,
        ])
    func unreadable(_ text: String) throws {
        let json = try AttributeValue(json: text)
        #expect(throws: FaultRule.Unreadable.self) { try FaultRule(json: json) }
    }

    @Test(
        "a throttled call is refused in the service's own words",
        arguments: [
            (TestCall.listClusters, "400 ThrottlingException"), (.describeLoadBalancers, "400 Throttling"),
            (.describeVpcs, "503 RequestLimitExceeded"), (.listBuckets, "503 SlowDown"),
        ])
    func throttling(_ call: TestCall, _ expected: String) async throws {
        cloud.faults.add([FaultRule("*:*", .throttle, count: 1)], seed: nil)
        let refused = try #require(await cloud.call(call))
        #expect("\(refused.status) \(refused.code)" == expected)
        #expect(await cloud.call(call)?.code != refused.code)
    }

    @Test("a call whose answer is dropped is done")
    func droppedAnswer() async {
        cloud.faults.add([FaultRule("ecs:CreateCluster", .dropAnswer, count: 1)], seed: nil)
        let create = TestCall.ecs("CreateCluster", ["clusterName": "hello"])
        #expect(await cloud.call(create) == nil)
        #expect(cloud.engine.read { $0.containers.clusters.count } == 1)
        #expect(await cloud.call(create)?.status == 200)
    }

    @Test("stale reads tell what was, and changes are made in what is")
    func staleReads() async throws {
        cloud.faults.add([FaultRule("*:*", .staleReads(seconds: 5))], seed: nil)
        _ = await cloud.call(.ecs("CreateCluster", ["clusterName": "hello"]))
        #expect(try await clusters() == 0)
        cloud.clock.step(by: .seconds(4))
        #expect(try await clusters() == 0)
        cloud.clock.step(by: .seconds(2))
        #expect(try await clusters() == 1)
    }

    private func clusters() async throws -> Int? {
        let response = try #require(await cloud.call(.listClusters))
        return try AttributeValue(json: response.body)["clusterArns"]?.listValue?.count
    }
}
