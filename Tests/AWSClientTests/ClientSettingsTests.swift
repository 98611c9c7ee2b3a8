import AWSClient
import Testing

/// What the caller asks for goes before the environment, and that before the profile.
struct ClientSettingsTests {
    static let config = """
        [default]
        region = from-profile
        max_attempts = 7
        endpoint_url = http://profile
        services = local

        [profile other]
        region = from-other

        [services local]
        ecs =
          endpoint_url = http://section
        """

    static func settings(
        _ environment: EnvironmentVariables, explicit: ClientSettings.Explicit = .init(), config: String = config
    ) throws -> ClientSettings {
        let environment = environment.merging(["HOME": "/home"]) { first, _ in first }
        let shared = try SharedConfig.load(environment) { $0 == "/home/.aws/config" ? Array(config.utf8) : nil }
        return ClientSettings(explicit: explicit, environment: environment, shared: shared)
    }

    struct RegionCase: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var environment: EnvironmentVariables
        var explicit = ClientSettings.Explicit()
        var region: String
    }

    @Test(arguments: [
        RegionCase(
            testDescription: "the project's region goes before all", environment: ["AWS_REGION": "a"],
            explicit: .init(region: "mine"), region: "mine"),
        RegionCase(
            testDescription: "AWS_REGION goes before AWS_DEFAULT_REGION",
            environment: ["AWS_REGION": "a", "AWS_DEFAULT_REGION": "b"], region: "a"),
        RegionCase(
            testDescription: "AWS_DEFAULT_REGION goes before the profile", environment: ["AWS_DEFAULT_REGION": "b"],
            region: "b"),
        RegionCase(
            testDescription: "a blank variable counts as not set", environment: ["AWS_REGION": " "],
            region: "from-profile"),
        RegionCase(
            testDescription: "AWS_PROFILE selects the profile", environment: ["AWS_PROFILE": "other"],
            region: "from-other"),
        RegionCase(
            testDescription: "the project's profile goes before AWS_PROFILE", environment: ["AWS_PROFILE": "default"],
            explicit: .init(profile: "other"), region: "from-other"),
    ])
    func findsTheRegion(_ regionCase: RegionCase) throws {
        let settings = try Self.settings(regionCase.environment, explicit: regionCase.explicit)
        #expect(settings.region == regionCase.region)
    }

    @Test(
        arguments: [
            ([:], "ECS", "http://section"),
            ([:], "STS", "http://profile"),
            (["AWS_ENDPOINT_URL": "http://all"], "ECS", "http://all"),
            (["AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_ECS": "http://ecs"], "ECS", "http://ecs"),
            (
                ["AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2": "http://elb"], "Elastic Load Balancing v2", "http://elb"
            ),
            (["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "AWS_ENDPOINT_URL": "http://all"], "ECS", nil),
        ] as [(EnvironmentVariables, String, String?)])
    func findsTheConfiguredEndpoint(_ environment: EnvironmentVariables, _ service: String, _ url: String?) throws {
        #expect(try Self.settings(environment).configuredEndpoint(serviceID: service) == url)
    }

    @Test func theProjectsEndpointGoesBeforeAllOthers() throws {
        let explicit = ClientSettings.Explicit(endpoint: "http://mine")
        let environment = ["AWS_ENDPOINT_URL_ECS": "http://ecs", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]
        #expect(
            try Self.settings(environment, explicit: explicit).configuredEndpoint(serviceID: "ECS") == "http://mine")
    }

    @Test(arguments: [([:], 7), (["AWS_MAX_ATTEMPTS": "2"], 2), (["AWS_MAX_ATTEMPTS": "0"], 1)])
    func findsHowOftenACallIsTried(_ environment: EnvironmentVariables, _ attempts: Int) throws {
        #expect(try Self.settings(environment).maximumAttempts == attempts)
    }

    @Test func threeAttemptsAreAWSsDefault() throws {
        #expect(try Self.settings([:], config: "").maximumAttempts == 3)
    }
}
