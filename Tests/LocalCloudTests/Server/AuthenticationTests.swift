import AWSModel
import AttributeTree
import SigV4
import TestSupport
import Testing

@testable import LocalCloud

/// What is wrong with the signature of a request.
private enum Flaw: String, CaseIterable {
    case none, unsigned, incomplete, wrongSecret, changedBody, unknownKey, late, early, wrongRegion, wrongToken
}

@Suite(.tags(.small))
struct AuthenticationTests {
    private let cloud = TestFrontDoor()

    @Test(
        "ECS says what is wrong with a signature as the JSON services do",
        arguments: [
            (Flaw.none, "200"), (.unsigned, "400 MissingAuthenticationTokenException"),
            (.incomplete, "400 IncompleteSignatureException"), (.wrongSecret, "400 InvalidSignatureException"),
            (.changedBody, "400 InvalidSignatureException"), (.unknownKey, "400 UnrecognizedClientException"),
            (.late, "400 InvalidSignatureException"), (.early, "400 InvalidSignatureException"),
            (.wrongRegion, "400 InvalidSignatureException"), (.wrongToken, "400 UnrecognizedClientException"),
        ])
    private func json(_ flaw: Flaw, _ expected: String) async throws {
        #expect(try await answer(.listClusters, flaw) == expected)
    }

    @Test(
        "ELBv2 says what is wrong with a signature as the query services do",
        arguments: [
            (Flaw.none, "200"), (.unsigned, "403 MissingAuthenticationToken"), (.incomplete, "400 IncompleteSignature"),
            (.wrongSecret, "403 SignatureDoesNotMatch"), (.changedBody, "403 SignatureDoesNotMatch"),
            (.unknownKey, "403 InvalidClientTokenId"), (.late, "403 SignatureDoesNotMatch"),
            (.early, "403 SignatureDoesNotMatch"), (.wrongRegion, "403 SignatureDoesNotMatch"),
            (.wrongToken, "403 InvalidClientTokenId"),
        ])
    private func query(_ flaw: Flaw, _ expected: String) async throws {
        #expect(try await answer(.describeLoadBalancers, flaw) == expected)
    }

    @Test(
        "EC2 has words of its own for what is wrong with a signature",
        arguments: [
            (Flaw.none, "200"), (.unsigned, "400 MissingParameter"), (.incomplete, "400 IncompleteSignature"),
            (.wrongSecret, "401 AuthFailure"), (.changedBody, "401 AuthFailure"), (.unknownKey, "401 AuthFailure"),
            (.late, "400 RequestExpired"), (.early, "400 RequestExpired"), (.wrongRegion, "401 AuthFailure"),
            (.wrongToken, "401 AuthFailure"),
        ])
    private func ec2(_ flaw: Flaw, _ expected: String) async throws {
        #expect(try await answer(.describeVpcs, flaw) == expected)
    }

    @Test(
        "S3 has others",
        arguments: [
            (Flaw.unsigned, "403 AccessDenied"), (.incomplete, "400 AuthorizationHeaderMalformed"),
            (.wrongSecret, "403 SignatureDoesNotMatch"), (.changedBody, "400 XAmzContentSHA256Mismatch"),
            (.unknownKey, "403 InvalidAccessKeyId"), (.late, "403 RequestTimeTooSkewed"),
            (.early, "403 RequestTimeTooSkewed"), (.wrongRegion, "400 AuthorizationHeaderMalformed"),
            (.wrongToken, "400 InvalidToken"),
        ])
    private func s3(_ flaw: Flaw, _ expected: String) async throws {
        #expect(try await answer(.listBuckets, flaw) == expected)
    }

    @Test("a clock may differ by five minutes", arguments: [(-300, 200), (-301, 400), (300, 200), (301, 400)])
    func skew(_ seconds: Int, _ status: Int) async {
        let time = SigningTime(secondsSince1970: TestFrontDoor.time.secondsSince1970 + seconds)
        #expect(await cloud.call(.listClusters, at: time)?.status == status)
    }

    @Test("whoever is late is told by how much")
    func message() async {
        let time = SigningTime(secondsSince1970: TestFrontDoor.time.secondsSince1970 - 1000)
        let answer = await cloud.call(.listClusters, at: time)
        #expect(
            answer?.text.contains(
                "Signature expired: 20270115T074320Z is now earlier than 20270115T075500Z (20270115T080000Z - 5 min.)")
                == true)
    }

    @Test("IAM and STS take signatures for the region of their global endpoints too, and others do not")
    func globalServices() async {
        let identity = TestCall.query("sts", "2011-06-15", "GetCallerIdentity")
        #expect(await cloud.call(identity, region: "us-east-1")?.status == 200)
        #expect(await cloud.call(.describeLoadBalancers, region: "us-east-1")?.code == "SignatureDoesNotMatch")
    }

    /// Status and code.
    private func answer(_ call: TestCall, _ flaw: Flaw) async throws -> String {
        let now = TestFrontDoor.time.secondsSince1970
        var key = cloud.key
        if flaw == .wrongSecret { key.secretAccessKey = "guessed" }
        if flaw == .unknownKey { key.accessKeyID = "AKIANOBODY" }
        if flaw == .wrongToken { key.sessionToken = "none was given" }
        let skew = flaw == .late ? -1000 : flaw == .early ? 1000 : 0
        let answer = await cloud.call(
            call, key: key, region: flaw == .wrongRegion ? "eu-west-1" : "local-1",
            at: SigningTime(secondsSince1970: now + skew)
        ) { request in
            if flaw == .unsigned { request.headers["Authorization"] = nil }
            if flaw == .incomplete {
                request.headers["Authorization"] = request.headers["Authorization"].map {
                    $0.replacing("SignedHeaders", with: "SomeHeaders")
                }
            }
            if flaw == .changedBody { request.body.append(UInt8(ascii: " ")) }
        }
        let response = try #require(answer)
        return response.isSuccess ? "\(response.status)" : "\(response.status) \(response.code)"
    }
}
