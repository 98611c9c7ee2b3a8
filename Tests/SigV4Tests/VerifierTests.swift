import SigV4
import Testing

/// What stands between a request and being believed.
struct VerifierTests {
    private static let credentials = SigningCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")
    private static let noon = SigningTime(secondsSince1970: 1_440_936_000)

    private static let signer = Signer(credentials: credentials, region: "eu-west-1", service: "ecs")

    private static let request = SignableRequest(
        method: "POST", path: "/", headers: [HeaderField("Host", "localhost"), HeaderField("X-Amz-Target", "T.Op")],
        body: Array("{}".utf8))

    /// A change to a signed request, the clock it arrives at, and what the verifier says.
    struct Forgery: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var change: @Sendable (inout SignableRequest) -> Void = { _ in }
        var secondsLater = 0
        var credentials: SigningCredentials? = VerifierTests.credentials
        var isExpected: @Sendable (VerificationError) -> Bool
    }

    static let forgeries: [Forgery] = [
        Forgery(
            testDescription: "another body gives another signature",
            change: { $0.body = Array("{ }".utf8) },
            isExpected: { if case .signatureMismatch = $0 { true } else { false } }),
        Forgery(
            testDescription: "another value of a signed header gives another signature",
            change: { $0.setHeader("X-Amz-Target", "T.Other") },
            isExpected: { if case .signatureMismatch = $0 { true } else { false } }),
        Forgery(
            testDescription: "an x-amz header may not be added after signing",
            change: { $0.setHeader("X-Amz-Extra", "1") },
            isExpected: { $0 == .headerNotSigned("x-amz-extra") }),
        Forgery(
            testDescription: "the hash that is sent must be that of the body",
            change: { $0.setHeader("x-amz-content-sha256", String(repeating: "0", count: 64)) },
            isExpected: { $0 == .headerNotSigned("x-amz-content-sha256") }),
        Forgery(
            testDescription: "without a signature there is nothing to verify",
            change: { $0.headers.removeAll { $0.name == "Authorization" } },
            isExpected: { $0 == .unsigned }),
        Forgery(
            testDescription: "an Authorization of another scheme is not read",
            change: { $0.setHeader("Authorization", "Bearer abc") },
            isExpected: { $0 == .incomplete("Authorization") }),
        Forgery(
            testDescription: "an Authorization without its Signature is incomplete",
            change: {
                $0.setHeader(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=A/20150830/eu-west-1/ecs/aws4_request, SignedHeaders=host")
            },
            isExpected: { $0 == .incomplete("Signature") }),
        Forgery(
            testDescription: "a clock may be 15 minutes off and not more", secondsLater: 901,
            isExpected: { $0 == .skewed(seconds: -901) }),
        Forgery(
            testDescription: "a key nobody knows signs nothing", credentials: nil,
            isExpected: { $0 == .unknownAccessKey("AKIDEXAMPLE") }),
        Forgery(
            testDescription: "temporary credentials need their token",
            credentials: SigningCredentials(
                accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token"),
            isExpected: { $0 == .wrongSessionToken }),
    ]

    @Test(arguments: forgeries)
    func refuses(_ forgery: Forgery) throws {
        var request = Self.signer.sign(Self.request, at: Self.noon).request
        forgery.change(&request)
        let now = SigningTime(secondsSince1970: Self.noon.secondsSince1970 + forgery.secondsLater)
        let error = #expect(throws: VerificationError.self) {
            try Verifier(region: "eu-west-1", service: "ecs").verify(request, at: now) { _ in forgery.credentials }
        }
        #expect(forgery.isExpected(try #require(error)), "\(String(describing: error))")
    }

    @Test func aKeyForAnotherServiceOrRegionIsRefused() throws {
        let request = Self.signer.sign(Self.request, at: Self.noon).request
        let scope = CredentialScope(date: "20150830", region: "eu-west-1", service: "ecs")
        for verifier in [Verifier(service: "sts"), Verifier(region: "us-east-1")] {
            #expect(throws: VerificationError.wrongScope(scope)) {
                try verifier.verify(request, at: Self.noon) { _ in Self.credentials }
            }
        }
    }

    @Test func anS3BodyMustHaveTheHashThatWasSigned() throws {
        var signer = Self.signer
        signer.options = .s3
        var request = signer.sign(Self.request, at: Self.noon).request
        request.body = []
        #expect(throws: VerificationError.bodyChanged) {
            try Verifier(path: .s3).verify(request, at: Self.noon) { _ in Self.credentials }
        }
    }

    @Test func anAddressOfS3IsPresignedWithoutItsBody() throws {
        var signer = Self.signer
        signer.options = .s3
        signer.options.payload = .unsigned
        var request = signer.presign(Self.request, at: Self.noon, expiresAfter: 60).request
        request.body = Array("whatever is put there".utf8)
        let verified = try Verifier(path: .s3).verify(request, at: Self.noon) { _ in Self.credentials }
        #expect(verified.accessKeyID == Self.credentials.accessKeyID)
    }

    @Test func aPresignedRequestHoldsForItsTimeAndNoLonger() throws {
        let request = Self.signer.presign(Self.request, at: Self.noon, expiresAfter: 3600).request
        let verifier = Verifier()
        func at(_ seconds: Int) throws -> Verifier.Verified {
            let now = SigningTime(secondsSince1970: Self.noon.secondsSince1970 + seconds)
            return try verifier.verify(request, at: now) { _ in Self.credentials }
        }
        #expect(try at(3600).scope.service == "ecs")
        #expect(throws: VerificationError.expired) { try at(3601) }
        #expect(throws: VerificationError.skewed(seconds: 901)) { try at(-901) }
    }

    @Test func credentialsNeverPrintTheirSecret() {
        let credentials = SigningCredentials(accessKeyID: "AKID", secretAccessKey: "hush", sessionToken: "hush")
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] {
            #expect(text.contains("AKID") && !text.contains("hush"))
        }
    }
}
