/// What a received request says about its signature, before anything of it is believed.
struct SignatureClaim: Sendable {
    /// The request as it was before the signature was put in.
    var request: SignableRequest
    var credential: ScopedCredential
    var time: SigningTime
    /// In lower case.
    var signedHeaders: Set<String>
    var signature: String
    var sessionToken: String?
    /// Seconds for which a presigned request holds.
    var lifetime: Int?

    init(_ request: SignableRequest) throws(VerificationError) {
        if let authorization = request.header("Authorization") {
            try self.init(request, authorization: authorization)
        } else {
            let parameters = QueryParameter.parse(request.query).map {
                (String(decoding: $0.name, as: UTF8.self), String(decoding: $0.value, as: UTF8.self))
            }
            let values = Dictionary(parameters) { first, _ in first }
            guard values["X-Amz-Signature"] != nil || values["X-Amz-Algorithm"] != nil else { throw .unsigned }
            try self.init(request, query: values)
        }
    }

    /// `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`
    private init(_ request: SignableRequest, authorization: String) throws(VerificationError) {
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0] == StringToSign.algorithm else { throw .incomplete("Authorization") }
        var fields: [String: String] = [:]
        for field in parts[1].split(separator: ",") {
            let pair = field.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { throw .incomplete("Authorization") }
            fields[String(pair[0].drop { $0 == " " })] = String(pair[1])
        }
        guard let date = request.header("X-Amz-Date"), let time = SigningTime(date) else {
            throw .incomplete("X-Amz-Date")
        }
        self.request = request
        self.time = time
        credential = try Self.credential(fields["Credential"], "Credential")
        signedHeaders = try Self.names(fields["SignedHeaders"], "SignedHeaders")
        signature = try Self.present(fields["Signature"], "Signature")
        sessionToken = request.header("X-Amz-Security-Token")
    }

    private init(_ request: SignableRequest, query: [String: String]) throws(VerificationError) {
        guard query["X-Amz-Algorithm"] == StringToSign.algorithm else { throw .incomplete("X-Amz-Algorithm") }
        guard let date = query["X-Amz-Date"], let time = SigningTime(date) else { throw .incomplete("X-Amz-Date") }
        guard let lifetime = query["X-Amz-Expires"].flatMap({ Int($0) }), (0...604_800).contains(lifetime) else {
            throw .incomplete("X-Amz-Expires")
        }
        self.request = request
        self.request.query = request.query.split(separator: "&")
            .filter { !QueryParameter.isNamed("X-Amz-Signature", $0) }.joined(separator: "&")
        self.time = time
        self.lifetime = lifetime
        credential = try Self.credential(query["X-Amz-Credential"], "X-Amz-Credential")
        signedHeaders = try Self.names(query["X-Amz-SignedHeaders"], "X-Amz-SignedHeaders")
        signature = try Self.present(query["X-Amz-Signature"], "X-Amz-Signature")
        sessionToken = query["X-Amz-Security-Token"]
    }

    private static func present(_ value: String?, _ name: String) throws(VerificationError) -> String {
        guard let value, !value.isEmpty else { throw .incomplete(name) }
        return value
    }

    private static func credential(_ value: String?, _ name: String) throws(VerificationError) -> ScopedCredential {
        guard let credential = ScopedCredential(try present(value, name)) else { throw .incomplete(name) }
        return credential
    }

    private static func names(_ value: String?, _ name: String) throws(VerificationError) -> Set<String> {
        Set(try present(value, name).split(separator: ";").map { $0.lowercased() })
    }
}
