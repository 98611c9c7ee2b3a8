import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// Who may call, as each of AWS's protocols says it: clients that sign as they should, and others.
    @Suite(PythonPrograms.areInstalled())
    struct SignatureTests {
        @Test(
            "a request is done when it is signed with a key of the account, by a clock that is five minutes off at most"
        )
        func accepted() async throws {
            try await BotoStage.with { stage in
                for ahead in [0, -290, 290] {
                    let calls = Service.allCases.map { $0.call.signed(["ahead": .int(ahead)]) }
                    for answer in try await stage.boto3.atOnce(calls) { _ = try answer.get() }
                }
                let presigned = [Service.elbv2, .ec2, .s3].map { $0.call.presigned(seconds: 60) }
                for answer in try await stage.boto3.atOnce(presigned) { _ = try answer.get() }
            }
        }

        @Test("a request is refused that is signed wrongly, with a key of nobody, too early, too late or not at all")
        func refused() async throws {
            try await BotoStage.with { stage in
                try await stage.boto3.expect(flaws.flatMap(\.calls))
                for ahead in [-310, 310] {
                    try await stage.boto3.expect(skewed(by: ahead).calls)
                }
                let expired: AttributeValue = ["ahead": -120]
                try await stage.boto3.expect([
                    Refused(
                        "ELBv2: a URL that has expired", Service.elbv2.call.signed(expired).presigned(seconds: 60),
                        "SignatureDoesNotMatch", status: 403, "Signature expired"),
                    Refused(
                        "EC2: a URL that has expired", Service.ec2.call.signed(expired).presigned(seconds: 60),
                        "RequestExpired", "Request has expired"),
                    Refused(
                        "S3: a URL that has expired", Service.s3.call.signed(expired).presigned(seconds: 60),
                        "AccessDenied", status: 403, "Request has expired"),
                ])
            }
        }

        @Test("the keys of a session are taken with its token, until it is over")
        func sessions() async throws {
            try await BotoStage.with { stage in
                let session = try await stage.boto3("sts", "get_session_token")["Credentials"]
                let signer: AttributeValue = [
                    "accessKey": session?["AccessKeyId"] ?? .null, "secret": session?["SecretAccessKey"] ?? .null,
                    "token": session?["SessionToken"] ?? .null,
                ]
                let calls = Service.allCases.map { $0.call.signed(signer) }
                for answer in try await stage.boto3.atOnce(calls) { _ = try answer.get() }
                try await stage.boto3.expect(
                    Flaw("another token", signer.but(["token": "another"]), unknownToken).calls)
                try await stage.cloud.control("POST", "time", ["stepSeconds": .int(13 * 3600)])
                try await stage.boto3.expect(
                    Flaw(
                        "a session that is over", signer,
                        [
                            .ecs: Answer("ExpiredTokenException", 400), .elbv2: Answer("ExpiredToken", 403),
                            .ec2: Answer("RequestExpired", 400), .s3: Answer("ExpiredToken", 400),
                        ]
                    ).calls)
            }
        }

        @Test("a user's key is taken until it is made inactive")
        func users() async throws {
            try await BotoStage.with { stage in
                try await stage.boto3("iam", "create_user", ["UserName": "ada"])
                let key = try await stage.boto3("iam", "create_access_key", ["UserName": "ada"])["AccessKey"]
                let identity = Boto3.Call("sts", "get_caller_identity").signed([
                    "accessKey": key?["AccessKeyId"] ?? .null, "secret": key?["SecretAccessKey"] ?? .null,
                ])
                #expect(try await stage.boto3(identity)["Arn"] == "arn:aws:iam::000000000000:user/ada")
                try await stage.boto3(
                    "iam", "update_access_key",
                    ["UserName": "ada", "AccessKeyId": key?["AccessKeyId"] ?? .null, "Status": "Inactive"])
                try await stage.boto3.expect([
                    Refused("an inactive key", identity, "InvalidClientTokenId", status: 403, "")
                ])
            }
        }
    }
}

/// One for each way in which AWS's services say what is wrong with a signature.
private enum Service: CaseIterable {
    case ecs, elbv2, ec2, s3

    var call: Boto3.Call {
        switch self {
        case .ecs: Boto3.Call("ecs", "list_clusters")
        case .elbv2: Boto3.Call("elbv2", "describe_load_balancers")
        case .ec2: Boto3.Call("ec2", "describe_vpcs")
        case .s3: Boto3.Call("s3", "list_buckets")
        }
    }
}

private struct Answer {
    var code: String
    var status: Int
    var message: String

    init(_ code: String, _ status: Int, _ message: String = "") {
        self.code = code
        self.status = status
        self.message = message
    }
}

/// What is wrong with a client, and what it is told.
private struct Flaw {
    var what: String
    var signer: AttributeValue
    var answers: [Service: Answer]

    init(_ what: String, _ signer: AttributeValue, _ answers: [Service: Answer]) {
        self.what = what
        self.signer = signer
        self.answers = answers
    }

    var calls: [Refused] {
        answers.map { service, answer in
            Refused(
                "\(service): \(what)", service.call.signed(signer), answer.code, status: answer.status, answer.message)
        }
    }
}

private let mismatch: [Service: Answer] = [
    .ecs: Answer("InvalidSignatureException", 400, "does not match the signature you provided"),
    .elbv2: Answer("SignatureDoesNotMatch", 403, "does not match the signature you provided"),
    .ec2: Answer("AuthFailure", 401, "AWS was not able to validate the provided access credentials"),
    .s3: Answer("SignatureDoesNotMatch", 403, "does not match the signature you provided"),
]

private let unknownToken: [Service: Answer] = [
    .ecs: Answer("UnrecognizedClientException", 400, "The security token included in the request is invalid."),
    .elbv2: Answer("InvalidClientTokenId", 403, "The security token included in the request is invalid."),
    .ec2: Answer("AuthFailure", 401), .s3: Answer("InvalidToken", 400),
]

private let flaws = [
    Flaw("another secret", ["secret": "guessed"], mismatch),
    Flaw(
        "a key of nobody", ["accessKey": "AKIAIOSFODNN7EXAMPLE"],
        unknownToken.merging([.s3: Answer("InvalidAccessKeyId", 403)]) { $1 }),
    Flaw(
        "a body that was changed", ["tampers": true],
        mismatch.merging([.s3: Answer("XAmzContentSHA256Mismatch", 400)]) { $1 }),
    Flaw(
        "no signature", ["unsigned": true],
        [
            .ecs: Answer("MissingAuthenticationTokenException", 400), .elbv2: Answer("MissingAuthenticationToken", 403),
            .ec2: Answer("MissingParameter", 400, "AWSAccessKeyId"), .s3: Answer("AccessDenied", 403),
        ]),
    Flaw(
        "another region", ["region": "eu-west-1"],
        [
            .ecs: Answer("InvalidSignatureException", 400, "Credential should be scoped to a valid region."),
            .elbv2: Answer("SignatureDoesNotMatch", 403, "Credential should be scoped to a valid region."),
            .ec2: Answer("AuthFailure", 401),
            .s3: Answer("AuthorizationHeaderMalformed", 400, "the region 'eu-west-1' is wrong; expecting 'local-1'"),
        ]),
]

private func skewed(by ahead: Int) -> Flaw {
    let words = ahead < 0 ? "Signature expired" : "Signature not yet current"
    return Flaw(
        "a clock that is \(ahead) seconds ahead", ["ahead": .int(ahead)],
        [
            .ecs: Answer("InvalidSignatureException", 400, words), .elbv2: Answer("SignatureDoesNotMatch", 403, words),
            .ec2: Answer("RequestExpired", 400), .s3: Answer("RequestTimeTooSkewed", 403),
        ])
}
