import SigV4
import TestSupport
import Testing

/// Every official vector, at every stage it gives.
@Suite(TestData.isPresent())
struct VectorTests {
    @Test func headersAreSignedAsTheVectorsSay() throws {
        let vectors = try SignatureVector.all()
        let passed = try vectors.count { vector in
            let signed = vector.signer.sign(try SignableRequest(message: vector.request), at: try vector.time())
            return try agrees(signed, vector.header, vector.signedInHeaders(), vector.id)
        }
        TestData.report("Signature V4, headers", passed: passed, of: vectors.count)
    }

    @Test func queriesAreSignedAsTheVectorsSay() throws {
        let vectors = try SignatureVector.all().filter { $0.query != nil }
        let passed = try vectors.count { vector in
            let lifetime = try #require(vector.context.expiration_in_seconds)
            let signed = vector.signer.presign(
                try SignableRequest(message: vector.request), at: try vector.time(), expiresAfter: lifetime)
            return try agrees(signed, vector.query, vector.signedInQuery(), vector.id)
        }
        TestData.report("Signature V4, queries", passed: passed, of: vectors.count)
    }

    @Test func theVerifierAcceptsWhatTheVectorsSign() throws {
        for vector in try SignatureVector.all() {
            var requests = [try vector.signedInHeaders()]
            // A token that was added to a query after signing cannot be told from one that was signed.
            if vector.query != nil, vector.signsSessionToken { requests.append(try vector.signedInQuery()) }
            for request in requests {
                let verifier = Verifier(
                    region: "us-east-1", service: "service",
                    path: CanonicalRequest.PathRule(normalizes: vector.context.normalize))
                let verified = try verifier.verify(request, at: vector.time()) { _ in vector.credentials }
                #expect(verified.accessKeyID == "AKIDEXAMPLE", "\(vector.id)")
            }
        }
    }

    private func agrees(
        _ signed: Signer.SignedRequest, _ expected: SignatureVector.Expected?, _ request: SignableRequest, _ id: String
    ) throws -> Bool {
        let expected = try #require(expected)
        #expect(signed.canonicalRequest.description == expected.canonical_request, "\(id)")
        #expect(signed.stringToSign.description == expected.string_to_sign, "\(id)")
        #expect(signed.signature == expected.signature, "\(id)")
        #expect(signed.request == request, "\(id)")
        return signed.canonicalRequest.description == expected.canonical_request && signed.request == request
    }
}
