import AWSClient
import AWSModel
import AttributeTree
import SigV4
import Testing

struct APIClientTests {
    @Test func aCallIsSignedForItsServiceAndItsAnswerDecoded() async throws {
        let fixture = ClientFixture([.answer(200, #"{"clusterArns":["arn:1"]}"#)])
        let output = try await fixture.client.call("ListClusters", of: .ecs, ["maxResults": 100])
        #expect(output == ["clusterArns": ["arn:1"]])
        let request = try #require(fixture.transport.requests.first)
        #expect(request.address.description == "https://ecs.eu-west-1.amazonaws.com")
        let signed = SignableRequest(
            method: request.method, path: request.target, headers: request.headers, body: request.body)
        let verified = try Verifier(region: "eu-west-1", service: "ecs")
            .verify(signed, at: fixture.time.wallClock) { _ in ClientFixture.credentials }
        #expect(verified.accessKeyID == "AKIDEXAMPLE")
    }

    @Test func aConfiguredEndpointTakesThePlaceOfAWS() async throws {
        let fixture = ClientFixture(
            [.answer(200)], environment: ["AWS_ENDPOINT_URL_ECS": "http://127.0.0.1:4566/base"])
        _ = try await fixture.client.call("ListClusters", of: .ecs)
        let request = try #require(fixture.transport.requests.first)
        #expect(request.address.authority == "127.0.0.1:4566")
        #expect(request.target == "/base/")
    }

    /// What is sent in answer to one call, and how long is waited in between with a jitter of one half.
    struct Story: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var steps: [ScriptedTransport.Step]
        var environment: EnvironmentVariables = [:]
        var repeatable = true
        var sent: Int
        var waits: [Duration] = []
        var code: String?
    }

    @Test(arguments: [
        Story(testDescription: "a success needs no second attempt", steps: [.answer(200)], sent: 1),
        Story(
            testDescription: "throttling is retried with growing delays",
            steps: [.fault("ThrottlingException"), .fault("Throttling"), .fault("SlowDown"), .answer(200)],
            environment: ["AWS_MAX_ATTEMPTS": "4"], sent: 4, waits: [.seconds(0.5), .seconds(1), .seconds(2)]),
        Story(
            testDescription: "three attempts are the limit",
            steps: [.fault("ServerException", status: 500), .answer(503), .answer(502), .answer(200)],
            sent: 3, waits: [.seconds(0.5), .seconds(1)], code: "502"),
        Story(
            testDescription: "a mistake of the caller is not retried", steps: [.fault("InvalidParameterException")],
            sent: 1, code: "InvalidParameterException"),
        Story(
            testDescription: "a quota of ECS is no throttling", steps: [.fault("LimitExceededException")],
            sent: 1, code: "LimitExceededException"),
        Story(
            testDescription: "a connection that was interrupted is retried",
            steps: [.fail(.interrupted), .answer(200)], sent: 2, waits: [.seconds(0.5)]),
        Story(
            testDescription: "what must not happen twice is not sent again after an interruption",
            steps: [.fail(.interrupted)], repeatable: false, sent: 1, code: "ConnectionInterrupted"),
        Story(
            testDescription: "what must not happen twice is sent again when it was never sent",
            steps: [.fail(.connection), .answer(200)], repeatable: false, sent: 2, waits: [.seconds(0.5)]),
        Story(
            testDescription: "a peer that cannot prove who it is gets no second chance", steps: [.fail(.tls)], sent: 1,
            code: "TLSFailed"),
        Story(
            testDescription: "a service may ask for more time",
            steps: [.fault("ThrottlingException", headers: ["Retry-After": "3"]), .answer(200)],
            sent: 2, waits: [.seconds(3)]),
        Story(
            testDescription: "in milliseconds too, and not for ever",
            steps: [
                .fault("ThrottlingException", headers: ["x-amz-retry-after": "1500"]),
                .fault("ThrottlingException", headers: ["Retry-After": "3600"]), .answer(200),
            ],
            sent: 3, waits: [.milliseconds(1500), .seconds(20)]),
        Story(
            testDescription: "AWS_MAX_ATTEMPTS decides", steps: [.answer(500)], environment: ["AWS_MAX_ATTEMPTS": "1"],
            sent: 1, code: "500"),
    ])
    func retries(_ story: Story) async throws {
        // A server in place of AWS has no rate buckets, which would wait as well.
        let environment = story.environment.merging(["AWS_ENDPOINT_URL": "http://local"]) { given, _ in given }
        let fixture = ClientFixture(story.steps, environment: environment)
        var code: String?
        do {
            _ = try await fixture.client.call("ListClusters", of: .ecs, repeatable: story.repeatable)
        } catch let error as AWSError {
            code = error.code
            #expect(error.attempts == story.sent)
        }
        #expect(code == story.code)
        #expect(fixture.transport.requests.count == story.sent)
        #expect(fixture.time.sleeps == story.waits)
        #expect(fixture.client.counts.calls == ["ecs:ListClusters": 1])
        #expect(fixture.client.counts.retries["ecs:ListClusters", default: 0] == story.sent - 1)
    }

    @Test func aRetryCarriesTheSameIdempotencyToken() async throws {
        let fixture = ClientFixture([.fail(.interrupted), .answer(200)])
        _ = try await fixture.client.call("CreateCapacityProvider", of: .ecs, ["name": "spare"])
        #expect(fixture.transport.requests.map(\.body).allSatisfy { $0 == fixture.transport.requests[0].body })
    }

    @Test func aWrongClockIsCorrectedOnceAndForAll() async throws {
        let hourAhead: WireHeaders = ["Date": "Sun, 30 Aug 2015 13:36:00 GMT"]
        let fixture = ClientFixture([
            .fault("InvalidSignatureException", "Signature expired", headers: hourAhead), .answer(200), .answer(200),
        ])
        _ = try await fixture.client.call("ListClusters", of: .ecs)
        _ = try await fixture.client.call("ListClusters", of: .ecs)
        let dates = fixture.transport.requests.compactMap { request in
            request.headers.first { $0.name == "X-Amz-Date" }?.value
        }
        #expect(dates == ["20150830T123600Z", "20150830T133600Z", "20150830T133600Z"])
        #expect(fixture.time.sleeps == [])
    }

    /// Both are sent before either is answered.
    @Test func callsThatWereSignedByTheSameWrongClockAreAllSentAgain() async throws {
        let hourAhead: WireHeaders = ["Date": "Sun, 30 Aug 2015 13:36:00 GMT"]
        let late = ScriptedTransport.Step.fault("InvalidSignatureException", "Signature expired", headers: hourAhead)
        let fixture = ClientFixture([late, late, .answer(200), .answer(200)], answersTogether: 2)
        async let one = fixture.client.call("ListClusters", of: .ecs)
        async let other = fixture.client.call("ListClusters", of: .ecs)
        _ = try await (one, other)
        #expect(fixture.transport.requests.count == 4)
    }

    @Test func aWrongSignatureByARightClockIsNotRetried() async throws {
        let sameTime: WireHeaders = ["Date": "Sun, 30 Aug 2015 12:36:10 GMT"]
        let fixture = ClientFixture([.fault("SignatureDoesNotMatch", status: 403, headers: sameTime)])
        let error = await #expect(throws: AWSError.self) { try await fixture.client.call("ListClusters", of: .ecs) }
        #expect(error?.code == "SignatureDoesNotMatch")
        #expect(error?.attempts == 1)
    }

    @Test func callsOfOneKindKeepToTheRateOfAWS() async throws {
        let fixture = ClientFixture(Array(repeating: .answer(200, #"{"taskDefinition":{}}"#), count: 22))
        let definition: AttributeValue = ["family": "web", "containerDefinitions": []]
        for _ in 0..<22 { _ = try await fixture.client.call("RegisterTaskDefinition", of: .ecs, definition) }
        #expect(fixture.time.sleeps == [.seconds(1), .seconds(1)])
    }

    @Test func aCancelledCallEndsAsCancelled() async throws {
        let fixture = ClientFixture([.fault("ThrottlingException"), .answer(200)])
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await fixture.client.call("ListClusters", of: .ecs)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
