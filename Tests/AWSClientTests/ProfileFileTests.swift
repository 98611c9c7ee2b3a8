import AWSClient
import Foundation
import TestSupport
import Testing

/// The cases that the SDKs of AWS share.
@Suite(TestData.isPresent())
struct ProfileFileTests {
    struct ParserCase: Decodable {
        struct Input: Decodable {
            var configFile: String?
            var credentialsFile: String?
        }

        struct Output: Decodable {
            struct Config: Decodable {
                var profiles: [String: [String: String]]
                var sso_sessions: [String: [String: String]]?
            }

            var config: Config?
            var errorContaining: String?
        }

        var name: String
        var input: Input
        var output: Output
    }

    struct LocationCase: Decodable {
        var name: String
        var environment: [String: String]
        var platform: String
        var configLocation: String
        var credentialsLocation: String
    }

    private struct File<Case: Decodable>: Decodable {
        var tests: [Case]
    }

    @Test func readsTheSharedFilesAsEverySDKDoes() throws {
        let cases = try JSONDecoder().decode(
            File<ParserCase>.self, from: TestData.load("credentials/profile-parser.json")
        ).tests
        let passed = try cases.count { try passes($0) }
        TestData.report("profile files", passed: passed, of: cases.count)
    }

    @Test func findsTheSharedFilesWhereEverySDKDoes() throws {
        let cases = try JSONDecoder().decode(
            File<LocationCase>.self, from: TestData.load("credentials/profile-file-location.json")
        ).tests.filter { $0.platform != "windows" }
        for location in cases {
            let locations = SharedConfig.Locations(location.environment)
            #expect(locations.config == location.configLocation, "\(location.name)")
            #expect(locations.credentials == location.credentialsLocation, "\(location.name)")
        }
        TestData.report("profile file locations, without Windows", passed: cases.count, of: cases.count)
    }

    private func passes(_ parserCase: ParserCase) throws -> Bool {
        let files = ["/config": parserCase.input.configFile, "/credentials": parserCase.input.credentialsFile]
        let environment = ["AWS_CONFIG_FILE": "/config", "AWS_SHARED_CREDENTIALS_FILE": "/credentials"]
        do {
            let shared = try SharedConfig.load(environment) { path in (files[path] ?? nil).map { Array($0.utf8) } }
            let expected = parserCase.output.config
            #expect(shared.profiles == expected?.profiles, "\(parserCase.name)")
            #expect(shared.ssoSessions == expected?.sso_sessions ?? [:], "\(parserCase.name)")
            return shared.profiles == expected?.profiles
        } catch let error as ProfileFileError {
            let expected = try #require(parserCase.output.errorContaining, "\(parserCase.name): \(error)")
            #expect(error.description.contains(expected), "\(parserCase.name)")
            return error.description.contains(expected)
        }
    }
}
