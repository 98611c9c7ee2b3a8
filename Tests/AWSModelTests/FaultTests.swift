import AWSModel
import AttributeTree
import Testing

struct FaultTests {
    struct Answer: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var status = 400
        var headers: [String: String] = [:]
        var body: String
        var code: String
        var message = ""
        var requestID: String?
    }

    @Test(arguments: [
        // JSON: the code stands in the body, in a header, or in both, with a namespace or an address around it.
        Answer(
            testDescription: "the plain form",
            body: #"{"__type":"ClusterNotFoundException","message":"Cluster not found."}"#,
            code: "ClusterNotFoundException", message: "Cluster not found."),
        Answer(
            testDescription: "a namespace", body: #"{"__type":"com.amazonaws.ecs#ClientException","Message":"no"}"#,
            code: "ClientException", message: "no"),
        Answer(
            testDescription: "an address",
            headers: ["X-Amzn-ErrorType": "ServerException:http://internal.amazon.com/coral/"],
            body: "{}", code: "ServerException"),
        Answer(
            testDescription: "a request id", headers: ["x-amzn-RequestId": "abc"],
            body: #"{"__type":"ThrottlingException","message":"Rate exceeded"}"#,
            code: "ThrottlingException", message: "Rate exceeded", requestID: "abc"),
        Answer(testDescription: "a code that is no string", status: 418, body: #"{"__type":7}"#, code: "418"),
        Answer(testDescription: "a code that is empty", status: 418, body: #"{"__type":""}"#, code: "418"),
        Answer(
            testDescription: "a code nobody has seen", body: #"{"__type":"BrandNewException","message":"!"}"#,
            code: "BrandNewException", message: "!"),
        // XML, also from a service that speaks JSON.
        Answer(
            testDescription: "the query protocol",
            body: """
                <ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><Error><Type>Sender</Type>
                <Code>TargetGroupNotFound</Code><Message>One or more &quot;target groups&quot; not found</Message></Error>
                <RequestId>xyz</RequestId></ErrorResponse>
                """,
            code: "TargetGroupNotFound", message: "One or more \"target groups\" not found", requestID: "xyz"),
        Answer(
            testDescription: "EC2",
            body: """
                <?xml version="1.0" encoding="UTF-8"?>
                <Response><Errors><Error><Code>AuthFailure</Code><Message>no</Message></Error></Errors>
                <RequestID>xyz</RequestID></Response>
                """,
            code: "AuthFailure", message: "no", requestID: "xyz"),
        Answer(
            testDescription: "S3",
            body: "<Error><Code>NoSuchBucket</Code><Message>m</Message><RequestId>r</RequestId></Error>",
            code: "NoSuchBucket", message: "m", requestID: "r"),
        Answer(
            testDescription: "half a document", status: 503,
            body: "<ErrorResponse><Error><Code>ServiceUnavailable</Code><Message>try aga",
            code: "ServiceUnavailable", message: "try aga"),
        Answer(
            testDescription: "a document cut before its code", status: 503, body: "<ErrorResponse><Error><Typ",
            code: "503"),
        // Neither.
        Answer(testDescription: "nothing", status: 500, body: "", code: "500"),
        Answer(
            testDescription: "a page", status: 502,
            body:
                "<!DOCTYPE html><html><head><TITLE>502 Bad Gateway</TITLE></head><body><center><hr>nginx</body></html>",
            code: "502", message: "502 Bad Gateway"),
        Answer(testDescription: "a page without a title", status: 500, body: "<html><p>oops", code: "500"),
        Answer(
            testDescription: "plain text", status: 504, body: "upstream timed out", code: "504",
            message: "upstream timed out"),
        Answer(testDescription: "half a JSON object", status: 500, body: #"{"__type":"Serv"#, code: "500"),
        Answer(
            testDescription: "half a JSON object and a header", status: 500,
            headers: ["x-amzn-errortype": "ServerException"],
            body: #"{"__type":"Serv"#, code: "ServerException"),
        Answer(testDescription: "a JSON list", status: 500, body: "[1]", code: "500", message: "[1]"),
    ])
    func everyAnswerHasACode(_ answer: Answer) throws {
        let response = WireResponse(
            status: answer.status, headers: WireHeaders(answer.headers.map { (name: $0.key, value: $0.value) }),
            body: Array(answer.body.utf8))
        for operation in [
            ServiceModel.ecs.operation("DescribeClusters"), ServiceModel.elbv2.operation("DescribeRules"),
        ] {
            let fault = try #require(operation).decodeFault(response)
            #expect(fault.code == answer.code)
            #expect(fault.message == answer.message)
            #expect(fault.status == answer.status)
            #expect(fault.requestID == answer.requestID)
            #expect(fault.operation == operation?.name)
        }
    }

    @Test func anyBytesAreSurvived() throws {
        let operation = try #require(ServiceModel.elbv2.operation("DescribeRules"))
        let body = Array(
            "<ErrorResponse><Error><Code>A</Code><Message>&#x41;<![CDATA[<>]]></Message></Error></ErrorResponse>".utf8)
        for end in body.indices {
            let fault = operation.decodeFault(WireResponse(status: 400, body: Array(body[..<end])))
            #expect(["400", "A"].contains(fault.code))
            let garbled = body.enumerated().map { $0.offset == end ? 0xFF : $0.element }
            #expect(!operation.decodeFault(WireResponse(status: 400, body: garbled)).code.isEmpty)
        }
    }

    @Test func furtherMembersOfAModelledErrorAreKept() throws {
        let operation = try #require(ServiceModel.ecs.operation("RunTask"))
        let body = #"{"__type":"ConflictException","message":"m","resourceIds":["a"],"other":1}"#
        let fault = operation.decodeFault(WireResponse(status: 400, body: Array(body.utf8)))
        #expect(fault.details["resourceIds"] == ["a"])
        #expect(fault.details["other"] == nil)
    }

    @Test func aFaultIsToldInOneLine() {
        let fault = ServiceFault(
            service: "ecs", operation: "CreateService", code: "ClusterNotFoundException", message: "Cluster not found.",
            requestID: "abc")
        #expect(
            fault.description
                == "ecs:CreateService: ClusterNotFoundException: Cluster not found. (HTTP 400, request abc)")
    }
}
