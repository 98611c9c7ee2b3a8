package import SigV4

/// Credentials and what is known of their life.
package struct Credentials: Sendable, Hashable {
    package var signing: SigningCredentials
    /// Seconds since 1970; `nil` for credentials that do not expire, or not that we know of.
    package var expiration: Int?
    /// Where they came from, for messages: `the environment`, `profile "production"`.
    package var source: String

    package init(signing: SigningCredentials, expiration: Int? = nil, source: String) {
        self.signing = signing
        self.expiration = expiration
        self.source = source
    }
}

/// One place where credentials may be found.
package protocol CredentialProvider: Sendable {
    /// How a message calls the place.
    var name: String { get }

    /// Looks, and says why when there is nothing. Throws ``CredentialError`` when the place is configured and unusable:
    /// then nobody else is asked.
    func credentials() async throws -> CredentialLookup
}

package enum CredentialLookup: Sendable, Hashable {
    case found(Credentials)
    case absent(because: String)
}

/// Why there are no credentials, place by place, and what to do about it.
package struct CredentialError: Error, Sendable, Hashable, CustomStringConvertible {
    package struct Attempt: Sendable, Hashable {
        package var provider: String
        package var reason: String

        package init(provider: String, reason: String) {
            self.provider = provider
            self.reason = reason
        }
    }

    package var attempts: [Attempt]
    package var remedy: String

    package init(attempts: [Attempt], remedy: String) {
        self.attempts = attempts
        self.remedy = remedy
    }

    package var description: String {
        let tried = attempts.map { "\($0.provider): \($0.reason)" }.joined(separator: "; ")
        return "no AWS credentials (\(tried)); \(remedy)"
    }
}
