/// Asks one provider after the other and takes what the first one has.
package struct CredentialChain: CredentialProvider {
    package let name = "the credential chain"
    private let providers: [any CredentialProvider]

    package init(_ providers: [any CredentialProvider]) {
        self.providers = providers
    }

    /// The environment, then the profile; the profile alone when it was asked for explicitly.
    package init(_ settings: ClientSettings) {
        let profile = ProfileCredentialProvider(settings)
        let environment = EnvironmentCredentialProvider(settings.environment)
        self.init(settings.explicit.profile == nil ? [environment, profile] : [profile])
    }

    package func credentials() async throws -> CredentialLookup {
        var attempts: [CredentialError.Attempt] = []
        for provider in providers {
            switch try await provider.credentials() {
            case .found(let credentials): return .found(credentials)
            case .absent(let reason): attempts.append(CredentialError.Attempt(provider: provider.name, reason: reason))
            }
        }
        throw CredentialError(
            attempts: attempts,
            remedy: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with AWS_PROFILE")
    }
}
