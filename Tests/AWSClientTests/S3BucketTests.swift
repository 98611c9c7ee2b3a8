import AWSClient
import AWSModel
import Foundation
import SigV4
import TestSupport
import Testing

/// What is sent to S3, and what its answers mean.
@Suite(.tags(.small))
struct S3BucketTests {
    @Test func anObjectIsReadWithItsTagAndItsAgeByTheClockOfTheServer() async throws {
        let fixture = ClientFixture([
            .answer(
                200, "{}",
                headers: [
                    "ETag": "\"1\"", "Date": "Mon, 30 Nov 2026 17:36:05 GMT",
                    "Last-Modified": "Mon, 30 Nov 2026 17:35:00 GMT",
                ])
        ])
        let object = try await S3Bucket("acme", client: fixture.client).get("a b/log/1.json")
        #expect(object == StoredObject(body: Array("{}".utf8), tag: "\"1\"", age: .seconds(65)))
        let request = try #require(fixture.transport.requests.first)
        #expect(request.address.description == "https://acme.s3.eu-west-1.amazonaws.com")
        #expect(request.target == "/a%20b/log/1.json")
        #expect(request.headers.contains { $0.name == "x-amz-content-sha256" })
    }

    @Test func aConditionThatDoesNotHoldIsAnAnswer() async throws {
        let fixture = ClientFixture([
            .answer(412, "<Error><Code>PreconditionFailed</Code></Error>"),
            .answer(404, "<Error><Code>NoSuchKey</Code></Error>"),
            .answer(404, "<Error><Code>NoSuchKey</Code></Error>"),
            .answer(200, "", headers: ["ETag": "\"2\""]),
        ])
        let bucket = S3Bucket("acme", client: fixture.client)
        #expect(try await bucket.put([], at: "lock", .isNew) == nil)
        #expect(try await bucket.put([], at: "lock", .isStill("\"1\"")) == nil)
        #expect(try await bucket.get("lock") == nil)
        #expect(try await bucket.put([], at: "lock", .isNew) == "\"2\"")
        let conditions = fixture.transport.requests.map { request in
            request.headers.first { $0.name.hasPrefix("If-") }.map { "\($0.name): \($0.value)" }
        }
        #expect(conditions == ["If-None-Match: *", "If-Match: \"1\"", nil, "If-None-Match: *"])
    }

    @Test func aWriteThatMetAnotherIsRepeated() async throws {
        let fixture = ClientFixture([
            .answer(409, "<Error><Code>ConditionalRequestConflict</Code></Error>"),
            .answer(200, "", headers: ["ETag": "\"2\""]),
        ])
        #expect(try await S3Bucket("acme", client: fixture.client).put([], at: "lock", .isNew) == "\"2\"")
    }

    @Test func aBucketIsFollowedToItsRegion() async throws {
        let fixture = ClientFixture([
            .answer(
                301, "<Error><Code>PermanentRedirect</Code></Error>", headers: ["x-amz-bucket-region": "us-west-2"]),
            .answer(404, "<Error><Code>NoSuchKey</Code></Error>"),
            .answer(404, "<Error><Code>NoSuchKey</Code></Error>"),
        ])
        let bucket = S3Bucket("acme", client: fixture.client)
        _ = try await bucket.get("a")
        _ = try await bucket.get("b")
        #expect(
            fixture.transport.requests.map(\.address.host) == [
                "acme.s3.eu-west-1.amazonaws.com", "acme.s3.us-west-2.amazonaws.com",
                "acme.s3.us-west-2.amazonaws.com",
            ])
        let last = fixture.transport.requests.last?.headers.first { $0.name == "Authorization" }
        #expect(last?.value.contains("/us-west-2/s3/aws4_request") == true)
    }

    @Test func keysAreListedPageByPage() async throws {
        func page(_ keys: [String], more: Bool) -> ScriptedTransport.Step {
            let contents = keys.map { "<Contents><Key>\($0)</Key></Contents>" }.joined()
            return .answer(200, "<ListBucketResult><IsTruncated>\(more)</IsTruncated>\(contents)</ListBucketResult>")
        }
        let fixture = ClientFixture([page(["log/2", "log/3"], more: true), page(["log/4"], more: false)])
        let keys = try await S3Bucket("acme", client: fixture.client).keys(under: "log/", after: "log/1")
        #expect(keys == ["log/2", "log/3", "log/4"])
        #expect(
            fixture.transport.requests.map(\.target) == [
                "/?list-type=2&prefix=log%2F&start-after=log%2F1", "/?list-type=2&prefix=log%2F&start-after=log%2F3",
            ])
    }

    @Test(arguments: [
        (404, "NoSuchBucket", "s3:GetObject: NoSuchBucket (HTTP 404)"),
        (403, "AccessDenied", "s3:GetObject: AccessDenied (HTTP 403)"),
        (301, "PermanentRedirect", "s3:GetObject: PermanentRedirect (HTTP 301)"),
    ])
    func whatStandsInTheWayIsAnError(status: Int, code: String, message: String) async throws {
        let fixture = ClientFixture([.answer(status, "<Error><Code>\(code)</Code></Error>")])
        await #expect {
            try await S3Bucket("acme", client: fixture.client).get("a")
        } throws: {
            ($0 as? AWSError)?.description == message
        }
    }

    @Test(arguments: [
        ("acme-state", nil, "https://acme-state.s3.eu-west-1.amazonaws.com"),
        ("acme.state", nil, "https://s3.eu-west-1.amazonaws.com/acme.state"),
        ("acme-state", "http://127.0.0.1:4566/aws", "http://127.0.0.1:4566/aws/acme-state"),
    ])
    func aBucketHasAHostOfItsOwnOnAWSAndAPathElsewhere(bucket: String, configured: String?, url: String) throws {
        let rules = EndpointRules(region: "eu-west-1", configured: configured)
        #expect(try rules.endpoint(bucket: bucket).address.description == url)
    }
}
