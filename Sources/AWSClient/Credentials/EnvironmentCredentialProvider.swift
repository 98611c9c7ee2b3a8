import SigV4

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
package struct EnvironmentCredentialProvider: CredentialProvider {
    package let name = "environment variables"
    private let environment: EnvironmentVariables

    package init(_ environment: EnvironmentVariables) {
        self.environment = environment
    }

    package func credentials() async throws -> CredentialLookup {
        let key = environment.present("AWS_ACCESS_KEY_ID")
        let secret = environment.present("AWS_SECRET_ACCESS_KEY")
        switch (key, secret) {
        case (let key?, let secret?):
            let signing = SigningCredentials(
                accessKeyID: key, secretAccessKey: secret, sessionToken: environment.present("AWS_SESSION_TOKEN"))
            return .found(Credentials(signing: signing, source: "environment variables"))
        case (nil, nil): return .absent(because: "AWS_ACCESS_KEY_ID is not set")
        case (nil, _): throw CredentialError.half(name, has: "AWS_SECRET_ACCESS_KEY", lacks: "AWS_ACCESS_KEY_ID")
        case (_, nil): throw CredentialError.half(name, has: "AWS_ACCESS_KEY_ID", lacks: "AWS_SECRET_ACCESS_KEY")
        }
    }
}

extension CredentialError {
    /// A key pair of which one half is missing.
    static func half(_ provider: String, has: String, lacks: String) -> CredentialError {
        CredentialError(
            attempts: [Attempt(provider: provider, reason: "\(has) is set and \(lacks) is not")],
            remedy: "set both or neither")
    }
}
