/// Why a request was not accepted as signed.
package enum VerificationError: Error, Sendable, Hashable {
    /// Neither an `Authorization` header nor a signature in the query.
    case unsigned
    /// The signature is there but lacks a part, or a part cannot be read.
    case incomplete(String)
    case unknownAccessKey(String)
    case wrongSessionToken
    /// The key was scoped for another day, region or service.
    case wrongScope(CredentialScope)
    /// Signed by a clock that differs by this many seconds; positive when it is ahead.
    case skewed(seconds: Int)
    /// A presigned request whose time is over.
    case expired
    /// A header that must be signed is not.
    case headerNotSigned(String)
    /// The body is not the one whose hash was sent.
    case bodyChanged
    /// The stages as they were recomputed, which AWS shows to the caller too.
    case signatureMismatch(canonicalRequest: String, stringToSign: String)
}
