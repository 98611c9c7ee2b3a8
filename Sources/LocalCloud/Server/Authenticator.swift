import AWSModel
import SigV4

/// Finds out who signed a request, or refuses it in the words of the service that it is for.
struct Authenticator: Sendable {
    /// Seconds by which the clock of a caller may differ.
    static let allowedSkew = 300

    let region: String
    /// `nil` for a key that nobody has.
    let key: @Sendable (_ accessKeyID: String) -> AccessKey?

    /// - Parameter time: real time, whatever the cloud's own clock says.
    func authenticate(
        _ request: WireRequest, claiming claim: ClaimedIdentity?, in dialect: Dialect, at time: SigningTime
    ) throws(CloudFault) -> Caller {
        var verifier = Verifier(
            region: expectedRegion(claim), service: claim?.service, path: dialect == .s3 ? .s3 : .standard,
            allowedSkew: Self.allowedSkew)
        verifier.acceptsChunkedBodies = dialect == .s3
        let key = claim.flatMap { self.key($0.accessKeyID) }
        do throws(VerificationError) {
            _ = try verifier.verify(SignableRequest(request), at: time) { _ in key?.credentials }
        } catch {
            let failure = AuthenticationFailure(error: error, time: time, region: expectedRegion(claim))
            throw failure.fault(in: dialect)
        }
        guard let key, !key.isExpired else { throw dialect.expiredToken }
        return key.caller
    }

    /// IAM and STS have endpoints that belong to no region, for which one signs as for `us-east-1`.
    private func expectedRegion(_ claim: ClaimedIdentity?) -> String {
        guard let claim, ["iam", "sts"].contains(claim.service), ["us-east-1", "aws-global"].contains(claim.region)
        else { return region }
        return claim.region
    }
}

extension SignableRequest {
    fileprivate init(_ request: WireRequest) {
        self.init(
            method: request.method, path: request.path, query: request.query ?? "",
            headers: request.headers.fields.map { HeaderField($0.name, $0.value) }, body: request.body)
    }
}

extension Dialect {
    /// What is said to who signs with a session that is over.
    fileprivate var expiredToken: CloudFault {
        let message = "The security token included in the request is expired"
        return switch self {
        case .json: CloudFault("ExpiredTokenException", message)
        case .query: CloudFault("ExpiredToken", message, status: 403)
        case .ec2: CloudFault("RequestExpired", "Request has expired.")
        case .s3: CloudFault("ExpiredToken", "The provided token has expired.")
        }
    }
}
