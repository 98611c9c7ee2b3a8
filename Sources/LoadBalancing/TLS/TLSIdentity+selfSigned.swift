import Crypto
package import FoundationEssentials
import SwiftASN1
import X509

extension TLSIdentity {
    /// A new key, and a certificate for these names that nobody vouches for.
    ///
    /// - Parameter names: host names, also with a leading `*.`, and IP addresses. The first is the subject.
    /// - Parameter start: since when it is valid; it is for 397 days, as long as browsers put up with.
    /// - Throws: where a name cannot be in a certificate.
    package static func selfSigned(for names: [String], validSince start: Date) throws -> TLSIdentity {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let subject = try DistinguishedName { CommonName(names.first ?? "localhost") }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey, notValidBefore: start,
            notValidAfter: start.addingTimeInterval(397 * 86_400), issuer: subject, subject: subject,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                KeyUsage(digitalSignature: true, keyCertSign: true)
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(names.map(GeneralName.init))
            },
            issuerPrivateKey: key)
        return TLSIdentity(
            certificateChain: try certificate.serializeAsPEM().pemString,
            privateKey: try key.serializeAsPEM().pemString)
    }
}

extension GeneralName {
    fileprivate init(_ name: String) {
        self =
            switch IPAddress(name) {
            case .v4(let address): .ipAddress(ASN1OctetString(bytesOf: address))
            case .v6(let address): .ipAddress(ASN1OctetString(bytesOf: address))
            case nil: .dnsName(name)
            }
    }
}

extension ASN1OctetString {
    fileprivate init(bytesOf address: some FixedWidthInteger) {
        self.init(contentBytes: Swift.withUnsafeBytes(of: address.bigEndian) { [UInt8]($0)[...] })
    }
}
