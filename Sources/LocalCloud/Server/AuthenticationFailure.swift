import AttributeTree
import SigV4

/// Why a signature is not accepted, and what each kind of service says to that.
struct AuthenticationFailure: Sendable {
    var error: VerificationError
    /// When it was looked at.
    var time: SigningTime
    /// What the scope has to name.
    var region: String

    func fault(in dialect: Dialect) -> CloudFault {
        switch dialect {
        case .json: json
        case .query: query
        case .ec2: ec2
        case .s3: s3
        }
    }

    private var json: CloudFault {
        switch error {
        case .unsigned: CloudFault("MissingAuthenticationTokenException", "Missing Authentication Token")
        case .incomplete(let part): CloudFault("IncompleteSignatureException", Self.incomplete(part))
        case .unknownAccessKey, .wrongSessionToken: CloudFault("UnrecognizedClientException", Self.invalidToken)
        case .wrongScope, .skewed, .expired, .headerNotSigned, .bodyChanged, .signatureMismatch:
            CloudFault("InvalidSignatureException", whyMismatched)
        }
    }

    private var query: CloudFault {
        switch error {
        case .unsigned:
            CloudFault("MissingAuthenticationToken", "Request is missing Authentication Token", status: 403)
        case .incomplete(let part): CloudFault("IncompleteSignature", Self.incomplete(part))
        case .unknownAccessKey, .wrongSessionToken:
            CloudFault("InvalidClientTokenId", Self.invalidToken, status: 403)
        case .wrongScope, .skewed, .expired, .headerNotSigned, .bodyChanged, .signatureMismatch:
            CloudFault("SignatureDoesNotMatch", whyMismatched, status: 403)
        }
    }

    private var ec2: CloudFault {
        switch error {
        case .unsigned:
            CloudFault("MissingParameter", "The request must contain the parameter AWSAccessKeyId")
        case .incomplete(let part): CloudFault("IncompleteSignature", Self.incomplete(part))
        case .skewed, .expired: CloudFault("RequestExpired", "Request has expired.")
        case .unknownAccessKey, .wrongSessionToken, .wrongScope, .headerNotSigned, .bodyChanged, .signatureMismatch:
            CloudFault(
                "AuthFailure", "AWS was not able to validate the provided access credentials", status: 401)
        }
    }

    private var s3: CloudFault {
        switch error {
        case .unsigned: CloudFault("AccessDenied", "Access Denied", status: 403)
        case .incomplete(let part):
            CloudFault(
                "AuthorizationHeaderMalformed", "The authorization header that you provided is not valid: \(part).")
        case .unknownAccessKey(let id):
            CloudFault(
                "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", status: 403,
                details: ["AWSAccessKeyId": .string(id)])
        case .wrongSessionToken:
            CloudFault("InvalidToken", "The provided token is malformed or otherwise invalid.")
        case .wrongScope(let scope) where scope.region != region:
            CloudFault(
                "AuthorizationHeaderMalformed",
                "The authorization header is malformed; the region '\(scope.region)' is wrong; expecting '\(region)'",
                details: ["Region": .string(region)])
        case .skewed:
            CloudFault(
                "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.",
                status: 403)
        case .expired: CloudFault("AccessDenied", "Request has expired", status: 403)
        case .headerNotSigned(let name):
            CloudFault(
                "AccessDenied", "There were headers present in the request which were not signed", status: 403,
                details: ["HeadersNotSigned": .string(name)])
        case .bodyChanged:
            CloudFault(
                "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed.")
        case .wrongScope, .signatureMismatch:
            CloudFault(
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. "
                    + "Check your key and signing method.", status: 403)
        }
    }
}

extension AuthenticationFailure {
    private static let invalidToken = "The security token included in the request is invalid."

    private static func incomplete(_ part: String) -> String {
        "Authorization header requires '\(part)' parameter."
    }

    private var whyMismatched: String {
        let minutes = Authenticator.allowedSkew / 60
        switch error {
        case .skewed(let ahead) where ahead > 0:
            return "Signature not yet current: \(moved(ahead)) is still later than "
                + "\(moved(Authenticator.allowedSkew)) (\(time) + \(minutes) min.)"
        case .skewed(let ahead):
            return "Signature expired: \(moved(ahead)) is now earlier than "
                + "\(moved(-Authenticator.allowedSkew)) (\(time) - \(minutes) min.)"
        case .expired: return "Signature expired"
        case .wrongScope(let scope) where scope.region != region:
            return "Credential should be scoped to a valid region."
        case .wrongScope(let scope):
            return "Credential should be scoped to correct service and date, not '\(scope.service)', '\(scope.date)'."
        case .headerNotSigned(let name):
            return "'\(name)' must be a 'SignedHeader' in the AWS Authorization."
        case .unsigned, .incomplete, .unknownAccessKey, .wrongSessionToken, .bodyChanged, .signatureMismatch:
            return "The request signature we calculated does not match the signature you provided. Check your AWS "
                + "Secret Access Key and signing method. Consult the service documentation for details."
        }
    }

    private func moved(_ seconds: Int) -> SigningTime {
        SigningTime(secondsSince1970: time.secondsSince1970 + seconds)
    }
}
