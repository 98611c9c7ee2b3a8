package import ResourceModel
package import StateModel

/// Why a call was refused, by the code that it was refused with.
struct RefusalCause: Sendable {
    let code: String
    /// Parts of AWS's codes, in any case.
    let fragments: [String]
    let sentence: @Sendable (_ operation: String) -> String
    let remedy: @Sendable (_ operation: String, _ address: ResourceAddress) -> String

    /// The first that fits counts; the last fits all.
    static let all = [
        RefusalCause(code: "call-not-allowed", fragments: ["AccessDenied", "Unauthorized", "NotAuthorized"]) {
            "the credentials may not call \($0)"
        } remedy: { operation, _ in
            "allow `\(operation)` in a policy of the user or role that applies"
        },
        RefusalCause(
            code: "credentials-refused",
            fragments: [
                "ExpiredToken", "RequestExpired", "InvalidClientTokenId", "UnrecognizedClient", "Signature",
                "AuthFailure",
            ]
        ) { _ in
            "AWS does not accept the credentials"
        } remedy: { _, _ in
            "log in again, or renew them; and check this machine's clock"
        },
        RefusalCause(code: "call-throttled", fragments: ["Throttling", "RequestLimitExceeded", "SlowDown"]) {
            "AWS takes no more calls of \($0) for now"
        } remedy: { _, _ in
            "apply again in a while; see who else calls it so often"
        },
        RefusalCause(code: "over-limit", fragments: ["LimitExceeded", "QuotaExceeded", "TooMany"]) {
            "the account may not have more of what \($0) makes"
        } remedy: { _, _ in
            "delete what is not needed, or ask for a higher quota in Service Quotas"
        },
        RefusalCause(code: "call-refused", fragments: [""]) {
            "AWS refuses \($0) as it is asked for"
        } remedy: { _, address in
            "change what the reason names in the manifest of \(address), and apply again"
        },
    ]

    init(
        code: String, fragments: [String], _ sentence: @escaping @Sendable (String) -> String,
        remedy: @escaping @Sendable (String, ResourceAddress) -> String
    ) {
        self.code = code
        self.fragments = fragments
        self.sentence = sentence
        self.remedy = remedy
    }
}

/// Why a call was refused, and what to do about it.
///
/// - Parameters:
///   - operation: `ecs:CreateService`.
///   - code: AWS's.
///   - words: all that is known of it.
package func explainRefusal(
    of operation: String, with code: String, _ words: String, at address: ResourceAddress
) -> Explanation? {
    let cause = RefusalCause.all.first { cause in
        cause.fragments.contains { $0.isEmpty || code.contains(oneOf: [[$0]]) }
    }
    return cause.map {
        Explanation(
            address: address, cause: $0.code, sentence: $0.sentence(operation), remedy: $0.remedy(operation, address),
            evidence: [words])
    }
}
