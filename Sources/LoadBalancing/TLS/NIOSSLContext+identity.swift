import NIOSSL

extension NIOSSLContext {
    /// What a listener with this identity speaks: TLS 1.2 and 1.3, and HTTP/1.1 over it.
    convenience init(_ identity: TLSIdentity) throws {
        let certificates = try NIOSSLCertificate.fromPEMBytes(Array(identity.certificateChain.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(identity.privateKey.utf8), format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        try self.init(configuration: configuration)
    }

    /// What is spoken to targets, whoever they are: their certificates are not checked.
    static func toTargets() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        return try NIOSSLContext(configuration: configuration)
    }
}
