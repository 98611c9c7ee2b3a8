import AttributeTree

/// The certificate and the policy of a listener; neither without TLS.
struct ListenerSecurity: Hashable {
    var certificates: [String] = []
    var policy: String?

    /// What `CreateListener` gives where no policy is said.
    static let defaultPolicy = "ELBSecurityPolicy-2016-08"

    /// With what a call says put in, for a listener that speaks this protocol from then on.
    func changed(by input: AttributeValue, for transport: ApplicationProtocol) throws(CloudFault) -> Self {
        try Self.refuseOthers(input)
        let certificates = input["Certificates"]?.listValue ?? []
        guard transport == .https else {
            guard certificates.isEmpty else {
                throw .validation("A certificate cannot be specified for HTTP listeners")
            }
            guard !input.says("SslPolicy") else {
                throw .validation("An SSL policy cannot be specified for HTTP listeners")
            }
            return Self()
        }
        var result = self
        guard certificates.count <= 1 else {
            throw .validation("Only one default certificate can be specified for a listener")
        }
        if let certificate = certificates.first {
            let arn = try Self.certificate(certificate)
            result.certificates = [arn] + self.certificates.dropFirst().filter { $0 != arn }
        }
        guard !result.certificates.isEmpty else {
            throw .validation("A certificate must be specified for HTTPS listeners")
        }
        result.policy = input.text("SslPolicy") ?? policy ?? Self.defaultPolicy
        guard SecurityPolicy.all.contains(where: { $0.name == result.policy }) else {
            throw CloudFault("SSLPolicyNotFound", "SSL policy '\(result.policy ?? "")' not found")
        }
        return result
    }

    /// The ARN of a certificate; each of the right form is taken to exist.
    static func certificate(_ input: AttributeValue) throws(CloudFault) -> String {
        let arn = input.text("CertificateArn") ?? ""
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn",
            parts[2] == "acm" && parts[5].hasPrefix("certificate/")
                || parts[2] == "iam" && parts[5].hasPrefix("server-certificate/")
        else { throw CloudFault("CertificateNotFound", "Certificate '\(arn)' not found") }
        return arn
    }

    private static func refuseOthers(_ input: AttributeValue) throws(CloudFault) {
        let alpn = input.texts("AlpnPolicy")
        guard alpn.isEmpty || alpn == ["None"] else {
            throw .invalidConfiguration("ALPN policies are only supported for TLS listeners")
        }
        if let mode = input["MutualAuthentication"]?.text("Mode"), mode != "off" {
            throw .notImitated("mutual authentication")
        }
    }
}
