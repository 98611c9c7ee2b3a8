/// Signs requests to one service in one region.
///
/// A pure value: time is a parameter. The request must carry `Host`, and whoever sends it must change nothing of what
/// was signed.
package struct Signer: Sendable {
    /// What services want done differently.
    package struct Options: Sendable, Hashable {
        package var path: CanonicalRequest.PathRule
        package var payload: PayloadHash
        /// Whether `x-amz-content-sha256` is sent and signed, as S3 demands.
        package var sendsPayloadHash: Bool
        /// Whether the session token is part of what is signed; a few services take it only outside.
        package var signsSessionToken: Bool

        package init(
            path: CanonicalRequest.PathRule = .standard, payload: PayloadHash = .ofBody, sendsPayloadHash: Bool = false,
            signsSessionToken: Bool = true
        ) {
            self.path = path
            self.payload = payload
            self.sendsPayloadHash = sendsPayloadHash
            self.signsSessionToken = signsSessionToken
        }

        package static let standard = Options()
        package static let s3 = Options(path: .s3, sendsPayloadHash: true)
    }

    /// A request with its signature, and the stages that led to it.
    package struct SignedRequest: Sendable, Hashable {
        package var request: SignableRequest
        package var canonicalRequest: CanonicalRequest
        package var stringToSign: StringToSign
        package var signature: String
    }

    package var credentials: SigningCredentials
    package var region: String
    /// The signing name of the service: `ecs`, `elasticloadbalancing`.
    package var service: String
    package var options: Options

    package init(credentials: SigningCredentials, region: String, service: String, options: Options = .standard) {
        self.credentials = credentials
        self.region = region
        self.service = service
        self.options = options
    }

    /// Signs in the headers: adds `X-Amz-Date`, the session token, and `Authorization`.
    package func sign(_ request: SignableRequest, at time: SigningTime) -> SignedRequest {
        var request = request
        request.headers.removeAll { $0.isNamed("Authorization") }
        if let token = credentials.sessionToken { request.setHeader("X-Amz-Security-Token", token) }
        request.setHeader("X-Amz-Date", time.description)
        let payloadHash = options.payload.value(for: request.body)
        if options.sendsPayloadHash { request.setHeader("x-amz-content-sha256", payloadHash) }
        let canonicalRequest = CanonicalRequest(
            request,
            signing: { isSigned($0) && (options.signsSessionToken || $0 != "x-amz-security-token") },
            payloadHash: payloadHash, path: options.path)
        var signed = signed(request, as: canonicalRequest, at: time)
        let credential = ScopedCredential(accessKeyID: credentials.accessKeyID, scope: signed.stringToSign.scope)
        signed.request.headers.append(
            HeaderField(
                "Authorization",
                "\(StringToSign.algorithm) Credential=\(credential), "
                    + "SignedHeaders=\(canonicalRequest.signedHeaders), Signature=\(signed.signature)"))
        return signed
    }

    /// Signs in the query, so that whoever has the address can send the request for that many seconds.
    package func presign(_ request: SignableRequest, at time: SigningTime, expiresAfter seconds: Int) -> SignedRequest {
        var request = request
        let payloadHash = options.payload.value(for: request.body)
        let names = CanonicalRequest(request, signing: isSigned, payloadHash: payloadHash, path: options.path)
            .signedHeaders
        let credential = ScopedCredential(accessKeyID: credentials.accessKeyID, scope: scope(at: time))
        request.addQuery("X-Amz-Algorithm", StringToSign.algorithm)
        request.addQuery("X-Amz-Credential", credential.description)
        request.addQuery("X-Amz-Date", time.description)
        request.addQuery("X-Amz-SignedHeaders", names)
        request.addQuery("X-Amz-Expires", String(seconds))
        if let token = credentials.sessionToken, options.signsSessionToken {
            request.addQuery("X-Amz-Security-Token", token)
        }
        let canonicalRequest = CanonicalRequest(
            request, signing: isSigned, payloadHash: payloadHash, path: options.path)
        var signed = signed(request, as: canonicalRequest, at: time)
        if let token = credentials.sessionToken, !options.signsSessionToken {
            signed.request.addQuery("X-Amz-Security-Token", token)
        }
        signed.request.addQuery("X-Amz-Signature", signed.signature)
        return signed
    }

    private func signed(
        _ request: SignableRequest, as canonicalRequest: CanonicalRequest, at time: SigningTime
    ) -> SignedRequest {
        let scope = scope(at: time)
        let stringToSign = StringToSign(time: time, scope: scope, request: canonicalRequest)
        let key = SigningKey(secretAccessKey: credentials.secretAccessKey, scope: scope)
        return SignedRequest(
            request: request, canonicalRequest: canonicalRequest, stringToSign: stringToSign,
            signature: key.signature(of: stringToSign))
    }

    private func scope(at time: SigningTime) -> CredentialScope {
        CredentialScope(date: time.date, region: region, service: service)
    }

    /// What proxies and clients on the way may change is left out.
    private func isSigned(_ lowercasedName: String) -> Bool {
        !["authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id"]
            .contains(lowercasedName)
    }
}

extension SignableRequest {
    fileprivate mutating func addQuery(_ name: String, _ value: String) {
        query += "\(query.isEmpty ? "" : "&")\(name)=\(PercentEncoding.encode(value))"
    }
}
