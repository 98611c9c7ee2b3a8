import SigV4

/// The keys written in the selected profile of the shared files.
package struct ProfileCredentialProvider: CredentialProvider {
    private let settings: ClientSettings

    package init(_ settings: ClientSettings) {
        self.settings = settings
    }

    package var name: String { "profile \"\(settings.profileName)\"" }

    package func credentials() async throws -> CredentialLookup {
        guard let profile = settings.profile else { return try absentProfile() }
        if let property = ["role_arn", "sso_session", "sso_start_url"].first(where: { profile[$0] != nil }) {
            throw CredentialError.unsupported(property, profile: settings.profileName)
        }
        let key = profile["aws_access_key_id"].flatMap { $0.isEmpty ? nil : $0 }
        let secret = profile["aws_secret_access_key"].flatMap { $0.isEmpty ? nil : $0 }
        switch (key, secret) {
        case (let key?, let secret?):
            let signing = SigningCredentials(
                accessKeyID: key, secretAccessKey: secret, sessionToken: profile["aws_session_token"])
            return .found(Credentials(signing: signing, source: name))
        case (nil, nil):
            guard profile["credential_process"] == nil else {
                throw CredentialError.unsupported("credential_process", profile: settings.profileName)
            }
            return .absent(because: "it has no aws_access_key_id")
        case (nil, _): throw CredentialError.half(name, has: "aws_secret_access_key", lacks: "aws_access_key_id")
        case (_, nil): throw CredentialError.half(name, has: "aws_access_key_id", lacks: "aws_secret_access_key")
        }
    }

    /// The default profile may be missing; one that was asked for may not.
    private func absentProfile() throws -> CredentialLookup {
        let files = [settings.shared.locations.credentials, settings.shared.locations.config].compactMap(\.self)
        let places = files.isEmpty ? "the shared files, as HOME is not set" : files.joined(separator: " or ")
        let reason = "it is not in \(places)"
        guard settings.profileName != "default" else { return .absent(because: reason) }
        let known = settings.shared.profiles.keys.sorted().joined(separator: ", ")
        throw CredentialError(
            attempts: [CredentialError.Attempt(provider: name, reason: reason)],
            remedy: known.isEmpty ? "create it with `aws configure`" : "the profiles there are: \(known)")
    }
}

extension CredentialError {
    /// A profile that gets its credentials in a way that is not built in.
    fileprivate static func unsupported(_ property: String, profile: String) -> CredentialError {
        CredentialError(
            attempts: [Attempt(provider: "profile \"\(profile)\"", reason: "\(property) is not supported")],
            remedy: "put its keys into the environment: "
                + "eval \"$(aws configure export-credentials --profile \(profile) --format env)\"")
    }
}
