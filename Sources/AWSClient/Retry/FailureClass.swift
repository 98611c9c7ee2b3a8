/// What a failure means for another attempt.
package enum FailureClass: Sendable, Hashable {
    /// The service asks for fewer calls.
    case throttling
    /// It may succeed when repeated, and has perhaps been carried out.
    case transient
    /// It may succeed when repeated, and has not been sent or was refused as a whole.
    case harmless
    /// Signed by a clock that is wrong.
    case clockSkew
    /// Repeating it changes nothing.
    case final

    /// - Parameter error: What the attempt ended with.
    package init(_ error: AWSError) {
        switch error.kind {
        case .transport(.connection): self = .harmless
        case .transport(.timeout), .transport(.interrupted): self = .transient
        case .transport(.tls), .transport(.tooLarge): self = .final
        case .invalidInput, .noCredentials, .expiredCredentials, .noEndpoint: self = .final
        case .fault, .unreadable: self = Self.answered(error)
        }
    }

    private static func answered(_ error: AWSError) -> FailureClass {
        if quotas.contains("\(error.service):\(error.code)") { return .final }
        if throttlingCodes.contains(error.code) { return .throttling }
        if clockSkewCodes.contains(error.code) { return .clockSkew }
        if transientCodes.contains(error.code) { return .transient }
        if conflictCodes.contains(error.code) { return .harmless }
        switch error.status {
        // What was to say how the call went says nothing: cut off, or a page of something in between.
        case let status? where error.kind == .unreadable && 200..<300 ~= status: return .transient
        case 429: return .throttling
        case 500, 502, 503, 504: return .transient
        default: return .final
        }
    }

    /// AWS's standard mode, the codes that all SDKs share.
    static let throttlingCodes: Set<String> = [
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    ]

    static let transientCodes: Set<String> = [
        "RequestTimeout", "RequestTimeoutException", "ServerException", "InternalError", "InternalFailure",
        "ServiceUnavailable", "ServiceUnavailableException",
    ]

    /// S3 has refused a conditional write because another of the same object was under way; nothing was compared yet.
    static let conflictCodes: Set<String> = ["ConditionalRequestConflict", "OperationAborted"]

    /// `SignatureDoesNotMatch` and its like have other causes too, so the clocks are compared before one is blamed.
    static let clockSkewCodes: Set<String> = [
        "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    ]

    static let expiryCodes: Set<String> = ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"]

    /// Where a code of the throttling set means that something must be deleted first.
    static let quotas: Set<String> = ["ecs:LimitExceededException"]
}
