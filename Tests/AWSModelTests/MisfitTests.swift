import AWSModel
import AttributeTree
import Testing

/// What does not fit the model is refused with the operation and the path of the member.
struct MisfitTests {
    struct Misfit: Sendable, CustomTestStringConvertible {
        var operation: String
        var input: AttributeValue
        var message: String
        var testDescription: String { message }
    }

    @Test(arguments: [
        Misfit(operation: "DeleteCluster", input: [:], message: "ecs:DeleteCluster: missing required member cluster"),
        Misfit(
            operation: "DeleteCluster", input: ["cluster": .null],
            message: "ecs:DeleteCluster: missing required member cluster"),
        Misfit(
            operation: "DeleteCluster", input: ["cluster": 7],
            message: "ecs:DeleteCluster: cluster must be a string, not a whole number"),
        Misfit(
            operation: "DeleteCluster", input: ["cluster": "c", "clutser": "c"],
            message: "ecs:DeleteCluster: unknown member clutser"),
        Misfit(
            operation: "DeleteCluster", input: "c",
            message: "ecs:DeleteCluster: the input must be a structure, not a string"),
        Misfit(
            operation: "RegisterTaskDefinition",
            input: [
                "family": "f",
                "containerDefinitions": [["name": "a", "environment": ["k": "v"]], ["cpu": 0.5, "imag": "i"]],
            ],
            message: "ecs:RegisterTaskDefinition: containerDefinitions[0].environment must be a list, not a map; "
                + "unknown member containerDefinitions[1].imag; containerDefinitions[1].cpu must be a whole number, not a number"
        ),
        Misfit(
            operation: "RegisterTaskDefinition",
            input: ["family": "f", "containerDefinitions": [["dockerLabels": ["a": 1], "essential": "true"]]],
            message: "ecs:RegisterTaskDefinition: containerDefinitions[0].essential must be a boolean, not a string; "
                + "containerDefinitions[0].dockerLabels[a] must be a string, not a whole number"),
    ])
    func anInputIsRefusedBeforeItIsSent(_ misfit: Misfit) throws {
        let operation = try #require(ServiceModel.ecs.operation(misfit.operation))
        let error = try #require(throws: InvalidInput.self) { try operation.encode(misfit.input) }
        #expect(error.description == misfit.message)
    }

    @Test func whatIsAllowedIsForAWSToSay() throws {
        let operation = try #require(ServiceModel.ecs.operation("RunTask"))
        let request = try operation.encode(
            ["taskDefinition": "t", "launchType": "NEBULA", "count": 1_000_000, "group": .null],
            idempotencyToken: "token")
        #expect(
            try AttributeValue(json: request.body)
                == ["taskDefinition": "t", "launchType": "NEBULA", "count": 1_000_000, "clientToken": "token"])
        let repeated = try operation.encode(["taskDefinition": "t", "clientToken": "mine"], idempotencyToken: "token")
        #expect(try AttributeValue(json: repeated.body)["clientToken"] == "mine")
    }

    struct Answer: Sendable, CustomTestStringConvertible {
        var service: String
        var operation: String
        var body: String
        var message: String
        var testDescription: String { message }
    }

    @Test(arguments: [
        Answer(
            service: "ecs", operation: "DescribeClusters", body: #"{"clusters":[{"status":"ACTIVE"},{"status":1}]}"#,
            message:
                "ecs:DescribeClusters: the answer cannot be read: clusters[1].status is not a string (HTTP 200, request r)"
        ),
        Answer(
            service: "ecs", operation: "DescribeClusters", body: "[]",
            message:
                "ecs:DescribeClusters: the answer cannot be read: the body is not a structure (HTTP 200, request r)"),
        Answer(
            service: "ecs", operation: "DescribeClusters", body: "<html>",
            message:
                "ecs:DescribeClusters: the answer cannot be read: unexpected \"<\" at byte 0 of 6 (HTTP 200, request r)"
        ),
        Answer(
            service: "ecs", operation: "DescribeClusters", body: #"{"clusters":[{"#,
            message:
                "ecs:DescribeClusters: the answer cannot be read: unexpected end at byte 14 of 14 (HTTP 200, request r)"
        ),
        Answer(
            service: "ecs", operation: "DescribeClusters", body: "",
            message: "ecs:DescribeClusters: the answer cannot be read: an empty body (HTTP 200, request r)"),
        Answer(
            service: "elbv2", operation: "DescribeRules", body: "<html></html>",
            message: "elbv2:DescribeRules: the answer cannot be read: "
                + "an element \"html\" instead of DescribeRulesResponse (HTTP 200, request r)"),
        Answer(
            service: "elbv2", operation: "DescribeRules", body: "<DescribeRulesResponse><DescribeRulesResult>",
            message: "elbv2:DescribeRules: the answer cannot be read: "
                + "element \"DescribeRulesResult\" without an end at byte 44 of 44 (HTTP 200, request r)"),
        Answer(
            service: "elbv2", operation: "DescribeTargetGroups",
            body: "<DescribeTargetGroupsResponse><DescribeTargetGroupsResult><TargetGroups><member><Port>eighty</Port>"
                + "</member></TargetGroups></DescribeTargetGroupsResult></DescribeTargetGroupsResponse>",
            message: "elbv2:DescribeTargetGroups: the answer cannot be read: "
                + "TargetGroups[0].Port is not a whole number (HTTP 200, request r)"),
    ])
    func anAnswerThatIsNotWhatItShouldBeIsAnError(_ answer: Answer) throws {
        let operation = try #require(ServiceModel.all.first { $0.id == answer.service }?.operation(answer.operation))
        let response = WireResponse(
            status: 200, headers: ["x-amzn-requestid": "r"], body: Array(answer.body.utf8))
        let error = try #require(throws: UnreadableResponse.self) { try operation.decode(response) }
        #expect(error.description == answer.message)
    }

    @Test func whatTheModelDoesNotKnowIsPassedOver() throws {
        let clusters = try #require(ServiceModel.ecs.operation("DescribeClusters"))
        let json = #"{"clusters":[{"clusterName":"c","brandNew":{"a":[1]},"status":null}],"more":1}"#
        #expect(
            try clusters.decode(WireResponse(status: 200, body: Array(json.utf8))) == [
                "clusters": [["clusterName": "c"]]
            ])
        let groups = try #require(ServiceModel.elbv2.operation("DescribeTargetGroups"))
        let xml = """
            <DescribeTargetGroupsResponse><DescribeTargetGroupsResult><TargetGroups><member><Port/><BrandNew><a>1</a></BrandNew>
            <TargetGroupName>g</TargetGroupName></member></TargetGroups></DescribeTargetGroupsResult></DescribeTargetGroupsResponse>
            """
        #expect(
            try groups.decode(WireResponse(status: 200, body: Array(xml.utf8)))
                == ["TargetGroups": [["TargetGroupName": "g"]]])
    }
}
