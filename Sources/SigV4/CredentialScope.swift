/// What a signing key is good for: a day, a region and a service.
package struct CredentialScope: Sendable, Hashable {
    /// `YYYYMMDD`.
    package var date: String
    package var region: String
    package var service: String

    static let terminator = "aws4_request"

    package init(date: String, region: String, service: String) {
        self.date = date
        self.region = region
        self.service = service
    }
}

extension CredentialScope: CustomStringConvertible {
    package var description: String { "\(date)/\(region)/\(service)/\(Self.terminator)" }
}

/// The value of `Credential`: an access key id and the scope, `AKID/20150830/us-east-1/ecs/aws4_request`.
struct ScopedCredential: Sendable, Hashable, CustomStringConvertible {
    var accessKeyID: String
    var scope: CredentialScope

    var description: String { "\(accessKeyID)/\(scope)" }

    init(accessKeyID: String, scope: CredentialScope) {
        self.accessKeyID = accessKeyID
        self.scope = scope
    }

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, parts.allSatisfy({ !$0.isEmpty }), parts[4] == CredentialScope.terminator else {
            return nil
        }
        self.init(
            accessKeyID: parts[0], scope: CredentialScope(date: parts[1], region: parts[2], service: parts[3]))
    }
}
