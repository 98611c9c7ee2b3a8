import AWSModel
import AttributeTree
import Testing

/// What a server answers to requests that break the rules of the model.
struct RefusalTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var service: String
        var target: String?
        var body: String
        var code: String
        var message: String
    }

    @Test(arguments: [
        Refusal(
            testDescription: "an unknown target", service: "ecs", target: "AmazonEC2ContainerServiceV20141113.Dance",
            body: "{}",
            code: "UnknownOperationException", message: ""),
        Refusal(
            testDescription: "no target", service: "ecs", body: "{}", code: "UnknownOperationException", message: ""),
        Refusal(
            testDescription: "a body that is not JSON", service: "ecs",
            target: "AmazonEC2ContainerServiceV20141113.ListClusters", body: "{", code: "SerializationException",
            message: "unexpected end at byte 1"),
        Refusal(
            testDescription: "a member of the wrong type", service: "ecs",
            target: "AmazonEC2ContainerServiceV20141113.DescribeClusters", body: #"{"clusters":"c"}"#,
            code: "SerializationException", message: "clusters is not a list"),
        Refusal(
            testDescription: "a missing member, in JSON", service: "logs", target: "Logs_20140328.CreateLogGroup",
            body: "{}",
            code: "InvalidParameterException",
            message: "1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: "
                + "Member must not be null"),
        Refusal(
            testDescription: "no action", service: "elbv2", body: "Version=2015-12-01", code: "MissingAction",
            message: "The request must contain the parameter Action"),
        Refusal(
            testDescription: "an unknown action", service: "elbv2", body: "Action=Dance&Version=2015-12-01",
            code: "InvalidAction", message: "The action Dance is not valid for this web service."),
        Refusal(
            testDescription: "a broken escape", service: "elbv2", body: "Action=%G1", code: "MalformedQueryString",
            message: "The query string contains a syntax error"),
        Refusal(
            testDescription: "several constraints at once", service: "elbv2",
            body: "Action=CreateListener&Port=0&Protocol=SMTP&DefaultActions.member.1.Order=1", code: "ValidationError",
            message: "4 validation errors detected: "
                + "Value null at 'loadBalancerArn' failed to satisfy constraint: Member must not be null; "
                + "Value 'SMTP' at 'protocol' failed to satisfy constraint: Member must satisfy enum value set: "
                + "[HTTP, HTTPS, TCP, TLS, UDP, TCP_UDP, GENEVE, QUIC, TCP_QUIC]; "
                + "Value '0' at 'port' failed to satisfy constraint: Member must have value greater than or equal to 1; "
                + "Value null at 'defaultActions.1.member.type' failed to satisfy constraint: Member must not be null"),
        Refusal(
            testDescription: "a number that is none", service: "elbv2",
            body: "Action=DescribeLoadBalancers&PageSize=many", code: "MalformedInput",
            message: "PageSize is not a whole number"),
        Refusal(
            testDescription: "a number that is none, to EC2", service: "ec2",
            body: "Action=DescribeVpcs&MaxResults=many",
            code: "InvalidParameterValue", message: "MaxResults is not a whole number"),
        Refusal(
            testDescription: "a length outside its limits", service: "sts",
            body: "Action=AssumeRole&RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=x",
            code: "ValidationError",
            message: "1 validation error detected: Value at 'roleSessionName' failed to satisfy constraint: "
                + "Member must have length greater than or equal to 2"),
    ])
    func aRequestIsRefusedInAWSsWords(_ refusal: Refusal) throws {
        let service = try #require(ServiceModel.all.first { $0.id == refusal.service })
        var request = WireRequest(body: Array(refusal.body.utf8))
        request.headers["X-Amz-Target"] = refusal.target
        let fault = try #require(throws: ServiceFault.self) { try service.decodeRequest(request) }
        #expect(fault.code == refusal.code)
        #expect(fault.message == refusal.message)
        #expect(fault.status == 400)
    }

    @Test func aCallMayStandInTheQueryOfTheAddress() throws {
        let request = WireRequest(method: "GET", query: "Action=DescribeTags&ResourceArns.member.1=a%20b+c")
        let (operation, input) = try ServiceModel.elbv2.decodeRequest(request)
        #expect(operation.name == "DescribeTags")
        #expect(input == ["ResourceArns": ["a b c"]])
    }

    @Test func anOutputThatDoesNotFitIsTheServersMistake() throws {
        let operation = try #require(ServiceModel.ecs.operation("ListClusters"))
        let error = try #require(throws: InvalidOutput.self) {
            try operation.encodeResponse(["clusters": []], requestID: "r")
        }
        #expect(error.description == "ecs:ListClusters answers with: unknown member clusters")
    }

    @Test func answersHaveTheFormOfTheirService() throws {
        func body(_ service: ServiceModel, _ operation: String, _ output: AttributeValue) throws -> String {
            let response = try #require(service.operation(operation)).encodeResponse(output, requestID: "r")
            #expect(response.requestID == "r")
            return String(decoding: response.body, as: UTF8.self)
        }
        #expect(
            try body(.elbv2, "DeleteRule", [:])
                == "<DeleteRuleResponse xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\">"
                + "<DeleteRuleResult></DeleteRuleResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>"
                + "</DeleteRuleResponse>")
        #expect(
            try body(.ec2, "DescribeVpcs", ["Vpcs": [["VpcId": "vpc-1", "IsDefault": true]]])
                == "<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15\"><requestId>r</requestId>"
                + "<vpcSet><item><isDefault>true</isDefault><vpcId>vpc-1</vpcId></item></vpcSet></DescribeVpcsResponse>"
        )
        #expect(try body(.logs, "CreateLogGroup", [:]).isEmpty)
        #expect(try body(.ecs, "ListClusters", ["clusterArns": ["a"]]) == #"{"clusterArns":["a"]}"#)
    }
}
