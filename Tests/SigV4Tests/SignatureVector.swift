import Foundation
import SigV4
import TestSupport
import Testing

/// One case of the official vectors of Signature Version 4.
struct SignatureVector: Decodable, Sendable, CustomTestStringConvertible {
    struct Context: Decodable {
        struct Credentials: Decodable {
            var access_key_id: String
            var secret_access_key: String
            var token: String?
        }

        var credentials: Credentials
        var timestamp: String
        var region: String
        var service: String
        var normalize: Bool
        var sign_body: Bool?
        var omit_session_token: Bool?
        var expiration_in_seconds: Int?
    }

    struct Expected: Decodable {
        var canonical_request: String
        var string_to_sign: String
        var signature: String
        var signed_request: String
        var authorization: String?
    }

    var id: String
    var context: Context
    var request: String
    var header: Expected?
    var query: Expected?

    var testDescription: String { id }

    static func all() throws -> [SignatureVector] {
        try JSONDecoder().decode([SignatureVector].self, from: TestData.load("sigv4.json"))
    }
}

extension SignatureVector {
    /// Some vectors name the token only in what they expect.
    var sessionToken: String? {
        let line = header?.signed_request.split(separator: "\n").first { $0.hasPrefix("X-Amz-Security-Token:") }
        return context.credentials.token ?? line.map { String($0.dropFirst("X-Amz-Security-Token:".count)) }
    }

    var credentials: SigningCredentials {
        SigningCredentials(
            accessKeyID: context.credentials.access_key_id, secretAccessKey: context.credentials.secret_access_key,
            sessionToken: sessionToken)
    }

    var signsSessionToken: Bool {
        context.omit_session_token != true && id != "boto/post-sts-token/post-sts-header-after"
    }

    /// The signed request of this vector carries another signature than its own `authorization`, which is right.
    static let contradictory = "boto/get-vanilla-with-session-token"

    /// The signed request that is expected in the headers.
    func signedInHeaders() throws -> SignableRequest {
        let expected = try #require(header)
        var request = try SignableRequest(message: expected.signed_request)
        let authorization = try #require(expected.authorization)
        #expect((request.header("Authorization") != authorization) == (id == Self.contradictory), "\(id)")
        request.setHeader("Authorization", authorization)
        return request
    }

    func signedInQuery() throws -> SignableRequest {
        try SignableRequest(message: #require(query).signed_request)
    }

    var signer: Signer {
        Signer(
            credentials: credentials, region: context.region, service: context.service,
            options: Signer.Options(
                path: CanonicalRequest.PathRule(normalizes: context.normalize),
                sendsPayloadHash: context.sign_body ?? false, signsSessionToken: signsSessionToken))
    }

    func time() throws -> SigningTime {
        try #require(SigningTime(context.timestamp.filter { $0 != "-" && $0 != ":" }))
    }
}

extension SignableRequest {
    /// Reads a request as the vectors write it: the path may hold blanks, and headers may be folded.
    init(message: String) throws {
        let halves = message.components(separatedBy: "\n\n")
        var lines = halves[0].split(separator: "\n").map(String.init)
        let words = lines.removeFirst().split(separator: " ")
        let target = words.dropFirst().dropLast().joined(separator: " ")
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var headers: [HeaderField] = []
        for line in lines {
            if line.hasPrefix(" ") {
                headers[headers.count - 1].value += "\n" + line
            } else {
                let pair = line.split(separator: ":", maxSplits: 1).map(String.init)
                headers.append(HeaderField(pair[0], try #require(pair.last).trimmingCharacters(in: .whitespaces)))
            }
        }
        self.init(
            method: String(words[0]), path: parts[0], query: parts.count > 1 ? parts[1] : "", headers: headers,
            body: Array((halves.count > 1 ? halves[1] : "").utf8))
    }
}
