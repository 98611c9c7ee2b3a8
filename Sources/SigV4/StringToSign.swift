import Crypto

/// Step 3: what the key signs.
package struct StringToSign: Sendable, Hashable {
    package static let algorithm = "AWS4-HMAC-SHA256"

    package var time: SigningTime
    package var scope: CredentialScope
    package var requestHash: String

    init(time: SigningTime, scope: CredentialScope, request: CanonicalRequest) {
        self.time = time
        self.scope = scope
        requestHash = request.hash
    }
}

extension StringToSign: CustomStringConvertible {
    package var description: String { "\(Self.algorithm)\n\(time)\n\(scope)\n\(requestHash)" }
}

/// Step 4: the key for one scope, derived from the secret; and step 5, its signature.
struct SigningKey: Sendable {
    private let key: SymmetricKey

    init(secretAccessKey: String, scope: CredentialScope) {
        var key = SymmetricKey(data: Array("AWS4\(secretAccessKey)".utf8))
        for part in [scope.date, scope.region, scope.service, CredentialScope.terminator] {
            let code = HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key)
            key = SymmetricKey(data: Array(code))
        }
        self.key = key
    }

    func signature(of string: StringToSign) -> String {
        Hex.encode(HMAC<SHA256>.authenticationCode(for: Array(string.description.utf8), using: key))
    }

    /// Compares in a time that does not depend on where the first difference is.
    func isSignature(_ signature: String, of string: StringToSign) -> Bool {
        guard let bytes = Hex.decode(signature) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            bytes, authenticating: Array(string.description.utf8), using: key)
    }
}
