/// Decides whether a request was signed by one of the keys it is shown, for whoever receives requests.
///
/// A pure value: time is a parameter, and the keys come from a closure.
package struct Verifier: Sendable {
    /// Who signed what.
    package struct Verified: Sendable, Hashable {
        package var accessKeyID: String
        package var scope: CredentialScope
        package var time: SigningTime
    }

    /// `nil` accepts any.
    package var region: String?
    package var service: String?
    package var path: CanonicalRequest.PathRule
    /// How many seconds the caller's clock may differ; AWS allows 15 minutes.
    package var allowedSkew: Int
    /// Whether a body may come in chunks whose hash is not known beforehand, as S3's may. The signatures of the chunks
    /// are not looked at.
    package var acceptsChunkedBodies = false

    package init(
        region: String? = nil, service: String? = nil, path: CanonicalRequest.PathRule = .standard,
        allowedSkew: Int = 900
    ) {
        self.region = region
        self.service = service
        self.path = path
        self.allowedSkew = allowedSkew
    }

    /// Verifies a signature in the headers or in the query.
    ///
    /// - Parameter credentials: The credentials of an access key id, or `nil` if there are none.
    package func verify(
        _ request: SignableRequest, at now: SigningTime, credentials: (_ accessKeyID: String) -> SigningCredentials?
    ) throws(VerificationError) -> Verified {
        let claim = try SignatureClaim(request)
        guard let keys = credentials(claim.credential.accessKeyID) else {
            throw .unknownAccessKey(claim.credential.accessKeyID)
        }
        guard claim.sessionToken == keys.sessionToken else { throw .wrongSessionToken }
        try checkScope(of: claim)
        try checkTime(of: claim, now: now)
        try checkSignedHeaders(of: claim)
        let canonicalRequest = CanonicalRequest(
            claim.request, signing: claim.signedHeaders.contains, payloadHash: try payloadHash(of: claim), path: path)
        let stringToSign = StringToSign(time: claim.time, scope: claim.credential.scope, request: canonicalRequest)
        let key = SigningKey(secretAccessKey: keys.secretAccessKey, scope: claim.credential.scope)
        guard key.isSignature(claim.signature, of: stringToSign) else {
            throw .signatureMismatch(
                canonicalRequest: canonicalRequest.description, stringToSign: stringToSign.description)
        }
        return Verified(
            accessKeyID: claim.credential.accessKeyID, scope: claim.credential.scope, time: claim.time)
    }

    private func checkScope(of claim: SignatureClaim) throws(VerificationError) {
        let scope = claim.credential.scope
        guard scope.date == claim.time.date, scope.region == region ?? scope.region,
            scope.service == service ?? scope.service
        else { throw .wrongScope(scope) }
    }

    private func checkTime(of claim: SignatureClaim, now: SigningTime) throws(VerificationError) {
        let ahead = claim.time.secondsSince1970 - now.secondsSince1970
        if let lifetime = claim.lifetime {
            guard ahead <= allowedSkew else { throw .skewed(seconds: ahead) }
            guard -ahead <= lifetime else { throw .expired }
        } else if abs(ahead) > allowedSkew {
            throw .skewed(seconds: ahead)
        }
    }

    /// `Host` binds a request to its receiver, and the `x-amz-` headers say what it does. The session token may be
    /// added after signing.
    private func checkSignedHeaders(of claim: SignatureClaim) throws(VerificationError) {
        guard claim.signedHeaders.contains("host") else { throw .headerNotSigned("host") }
        for field in claim.request.headers {
            let name = field.name.lowercased()
            guard name.hasPrefix("x-amz-"), name != "x-amz-security-token" else { continue }
            guard claim.signedHeaders.contains(name) else { throw .headerNotSigned(name) }
        }
    }

    private func payloadHash(of claim: SignatureClaim) throws(VerificationError) -> String {
        let actual = PayloadHash.hex(of: claim.request.body)
        guard let sent = claim.request.header("x-amz-content-sha256") else {
            // An address of S3 is presigned before there is a body.
            return path == .s3 && claim.lifetime != nil ? PayloadHash.unsignedLiteral : actual
        }
        if acceptsChunkedBodies, sent.hasPrefix("STREAMING-") { return sent }
        guard sent == actual || sent == PayloadHash.unsignedLiteral else { throw .bodyChanged }
        return sent
    }
}
