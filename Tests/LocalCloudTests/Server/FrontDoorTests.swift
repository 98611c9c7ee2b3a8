import AWSModel
import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct FrontDoorTests {
    private let cloud = TestFrontDoor()

    @Test("a call that is done changes the world, and its answer has a request id")
    func call() async throws {
        let response = try #require(await cloud.call(.ecs("CreateCluster", ["clusterName": "hello"])))
        #expect(response.status == 200)
        #expect(response.requestID?.count == 36)
        #expect(try AttributeValue(json: response.body)["cluster"]?["clusterName"] == "hello")
        #expect(cloud.engine.read { $0.containers.clusters.count } == 1)
    }

    @Test(
        "an operation that AWS does not have is refused in the service's way",
        arguments: [
            (TestCall.ecs("MakeCoffee"), "400 UnknownOperationException"),
            (.json("ecs", "Nonsense", [:]), "400 UnknownOperationException"),
            (.query("elasticloadbalancing", "2015-12-01", "MakeCoffee"), "400 InvalidAction"),
            (.query("ec2", "2016-11-15", "MakeCoffee"), "400 InvalidAction"),
            (.query("monitoring", "2010-08-01", "DescribeAlarms"), "400 InvalidAction"),
            (.json("dynamodb", "DynamoDB_20120810.ListTables", [:]), "400 UnknownOperationException"),
        ])
    func unknownOperation(_ call: TestCall, _ expected: String) async throws {
        let response = try #require(await cloud.call(call))
        #expect("\(response.status) \(response.code)" == expected)
    }

    @Test(
        "what does not fit the operation's shape is refused before anything is done",
        arguments: [
            (#"{"clusterName": 7}"#, "SerializationException"), (#"{"clusterName": "#, "SerializationException"),
            (#"[]"#, "SerializationException"), (#"{"settings": [{"name": "nonsense"}]}"#, "InvalidParameterException"),
        ])
    func wrongInput(_ body: String, _ code: String) async throws {
        var call = TestCall.ecs("CreateCluster")
        call.body = body
        let response = try #require(await cloud.call(call))
        #expect(response.status == 400)
        #expect(response.code == code)
        #expect(cloud.engine.read { $0.containers.clusters.isEmpty })
    }

    @Test("anything at all is answered", arguments: UInt64(0)..<50)
    func fuzzed(_ seed: UInt64) async {
        var generator = SeededGenerator(seed: seed)
        var call = TestCall.describeLoadBalancers
        call.service = ["ecs", "ec2", "elasticloadbalancing", "s3", "", "x/y"].randomElement(using: &generator) ?? ""
        call.method = ["GET", "POST", "PUT", "OPTIONS"].randomElement(using: &generator) ?? ""
        call.path = ["/", "//", "/a/b%20c", "/%zz"].randomElement(using: &generator) ?? ""
        call.body = String((0..<20).map { _ in "&=%+ActionVersion<{\"[".randomElement(using: &generator) ?? " " })
        let answer = await cloud.call(call) { request in
            if Bool.random(using: &generator) { request.headers["Authorization"]?.removeLast() }
            if Bool.random(using: &generator) { request.headers["Authorization"] = nil }
            if Bool.random(using: &generator) { request.query = call.body }
        }
        #expect((400..<600).contains(answer?.status ?? 0))
    }
}
