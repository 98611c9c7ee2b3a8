import AttributeTree

extension ListenerCalls {
    /// The most certificates of one load balancer, without the default ones.
    private static let certificateLimit = 25

    /// The default certificate first.
    static func describeCertificates(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let listener = try world.balancing.listener(in: input)
        let certificates = listener.certificates.enumerated().map { output($1, isDefault: $0 == 0) }
        return try world.balancing.page(of: certificates, as: "Certificates", input)
    }

    /// One that is there already stays.
    static func addCertificates(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed = try world.balancing.listener(in: input)
        guard changed.protocol == .https else {
            throw .validation("A certificate cannot be specified for HTTP listeners")
        }
        var added: [String] = []
        for certificate in try certificates(input) {
            added.append(certificate)
            if !changed.certificates.contains(certificate) { changed.certificates.append(certificate) }
        }
        world.balancing.put(changed)
        let all = world.balancing.listeners(of: changed.loadBalancerARN).flatMap { $0.certificates.dropFirst() }
        guard all.count <= certificateLimit else {
            throw .tooMany("TooManyCertificates", "certificates per load balancer", limit: certificateLimit)
        }
        return ["Certificates": .list(added.map { output($0, isDefault: $0 == changed.certificates.first) })]
    }

    static func removeCertificates(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed = try world.balancing.listener(in: input)
        for certificate in try certificates(input) {
            guard certificate != changed.certificates.first else {
                throw CloudFault("OperationNotPermitted", "Default certificate '\(certificate)' cannot be removed")
            }
            changed.certificates.removeAll { $0 == certificate }
        }
        world.balancing.put(changed)
        return [:]
    }

    private static func certificates(_ input: AttributeValue) throws(CloudFault) -> [String] {
        var arns: [String] = []
        for certificate in input["Certificates"]?.listValue ?? [] {
            arns.append(try ListenerSecurity.certificate(certificate))
        }
        guard !arns.isEmpty else { throw .validation("A certificate must be specified") }
        return arns
    }

    private static func output(_ arn: String, isDefault: Bool) -> AttributeValue {
        ["CertificateArn": .string(arn), "IsDefault": .bool(isDefault)]
    }
}
