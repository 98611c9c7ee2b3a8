import AWSClient
import Foundation
import SigV4
import TestSupport
import Testing

struct CredentialTests {
    /// A whole provider chain: environment and files in, credentials out.
    struct ChainCase: Decodable, Sendable {
        struct Expectation: Decodable {
            var result: Result
        }

        struct Result: Decodable {
            struct Credentials: Decodable, Equatable {
                var access_key_id: String
                var secret_access_key: String
                var session_token: String?
            }

            var Ok: Credentials?
            var ErrorContains: String?
        }

        struct Traffic: Decodable {
            var events: [Event]
        }

        struct Event: Decodable {}

        var id: String
        var env: [String: String]
        var fs: [String: String]?
        var http: Traffic?
        var `case`: Expectation

        /// Those that ask nobody, run no process and read no token cache.
        var needsOnlyEnvironmentAndFiles: Bool {
            let text = (fs ?? [:]).values.joined()
            return (http?.events ?? []).isEmpty && !id.hasSuffix("credential_process") && !text.contains("accessToken")
                && env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] == nil
        }
    }

    @Test(TestData.isPresent())
    func answersAsTheChainsOfTheSDKsDo() async throws {
        let all = try JSONDecoder().decode([ChainCase].self, from: TestData.load("credentials/provider-chain.json"))
        let cases = all.filter(\.needsOnlyEnvironmentAndFiles)
        var passed = 0
        for chain in cases where try await passes(chain) { passed += 1 }
        TestData.report("credential chains of environment and profiles", passed: passed, of: cases.count)
    }

    private func passes(_ chain: ChainCase) async throws -> Bool {
        let files = chain.fs ?? [:]
        let shared = try SharedConfig.load(chain.env) { path in files[path].map { Array($0.utf8) } }
        let lookup = try? await CredentialChain(ClientSettings(environment: chain.env, shared: shared)).credentials()
        guard case .found(let found)? = lookup else {
            #expect(chain.case.result.Ok == nil, "\(chain.id)")
            return chain.case.result.Ok == nil
        }
        let credentials = ChainCase.Result.Credentials(
            access_key_id: found.signing.accessKeyID, secret_access_key: found.signing.secretAccessKey,
            session_token: found.signing.sessionToken)
        #expect(credentials == chain.case.result.Ok, "\(chain.id)")
        return credentials == chain.case.result.Ok
    }

    /// Where nothing is usable, the message says what was tried and what to do.
    struct Failure: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var environment: EnvironmentVariables = [:]
        var profile: String?
        var config = ""
        var message: String
    }

    @Test(arguments: [
        Failure(
            testDescription: "nothing is set",
            message: """
                no AWS credentials (environment variables: AWS_ACCESS_KEY_ID is not set; profile "default": it is not \
                in /home/.aws/credentials or /home/.aws/config); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or \
                name a profile with AWS_PROFILE
                """),
        Failure(
            testDescription: "half a key pair is a mistake, not an absence",
            environment: ["AWS_ACCESS_KEY_ID": "AKID"],
            message: """
                no AWS credentials (environment variables: AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not); \
                set both or neither
                """),
        Failure(
            testDescription: "a profile that was asked for must exist",
            profile: "prod", config: "[profile staging]\n[default]",
            message: """
                no AWS credentials (profile "prod": it is not in /home/.aws/credentials or /home/.aws/config); the \
                profiles there are: default, staging
                """),
        Failure(
            testDescription: "a profile that assumes a role says how to go on",
            config: "[default]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base",
            message: """
                no AWS credentials (profile "default": role_arn is not supported); put its keys into the environment: \
                eval "$(aws configure export-credentials --profile default --format env)"
                """),
    ])
    func explains(_ failure: Failure) async throws {
        let settings = try ClientSettingsTests.settings(
            failure.environment, explicit: .init(profile: failure.profile), config: failure.config)
        let error = await #expect(throws: CredentialError.self) {
            try await CredentialChain(settings).credentials()
        }
        #expect(error?.description == failure.message)
    }

    @Test func aProfileThatWasAskedForGoesBeforeTheEnvironment() async throws {
        let settings = try ClientSettingsTests.settings(
            ["AWS_ACCESS_KEY_ID": "env", "AWS_SECRET_ACCESS_KEY": "env"], explicit: .init(profile: "mine"),
            config: "[profile mine]\naws_access_key_id = mine\naws_secret_access_key = mine")
        guard case .found(let credentials) = try await CredentialChain(settings).credentials() else {
            Issue.record("there are credentials")
            return
        }
        #expect(credentials.signing.accessKeyID == "mine")
        #expect(credentials.source == "profile \"mine\"")
    }
}
