/// What decides where calls go, as whom, and how often they are tried: what the caller asked for, before the
/// environment, before the profile.
///
/// A pure value. ``SharedConfig/load(_:read:)`` is what reads files.
package struct ClientSettings: Sendable, Hashable {
    /// What the project asks for; it goes before everything else.
    package struct Explicit: Sendable, Hashable {
        package var region: String?
        package var profile: String?
        /// The address of an AWS-compatible server, for every service.
        package var endpoint: String?

        package init(region: String? = nil, profile: String? = nil, endpoint: String? = nil) {
            self.region = region
            self.profile = profile
            self.endpoint = endpoint
        }
    }

    package var explicit: Explicit
    package var environment: EnvironmentVariables
    package var shared: SharedConfig
    /// Of AWS's standard mode, unless it was set.
    private var defaultAttempts = 3

    package init(explicit: Explicit = Explicit(), environment: EnvironmentVariables, shared: SharedConfig) {
        self.explicit = explicit
        self.environment = environment
        self.shared = shared
    }

    package var profileName: String {
        explicit.profile ?? environment.present("AWS_PROFILE") ?? "default"
    }

    /// The properties of the selected profile; `nil` when there is no such profile.
    package var profile: ProfileFile.Properties? { shared.profiles[profileName] }

    package var region: String? {
        explicit.region ?? environment.present("AWS_REGION") ?? environment.present("AWS_DEFAULT_REGION")
            ?? profile?["region"]
    }

    /// How often a call is tried at most.
    package var maximumAttempts: Int {
        let written = environment.present("AWS_MAX_ATTEMPTS") ?? profile?["max_attempts"]
        return max(1, written.flatMap { Int($0) } ?? defaultAttempts)
    }

    /// Has calls be tried that often where neither the environment nor the profile says how often.
    package mutating func setDefaultAttempts(_ count: Int) { defaultAttempts = count }

    package var usesFIPS: Bool { flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint") }
    package var usesDualStack: Bool { flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint") }

    private func flag(_ variable: String, _ property: String) -> Bool {
        (environment.present(variable) ?? profile?[property])?.lowercased() == "true"
    }

    /// The address that was configured for a service in place of AWS's own.
    ///
    /// - Parameter serviceID: The id of the service's model, such as `Elastic Load Balancing v2`.
    package func configuredEndpoint(serviceID: String) -> String? {
        if let endpoint = explicit.endpoint { return endpoint }
        guard !flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") else { return nil }
        let key = String(serviceID.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
        return environment.present("AWS_ENDPOINT_URL_\(key.uppercased())")
            ?? environment.present("AWS_ENDPOINT_URL")
            ?? serviceSection?[key].flatMap { ProfileFile.nested($0)["endpoint_url"] }
            ?? profile?["endpoint_url"]
    }

    func endpointRules(serviceID: String) -> EndpointRules {
        EndpointRules(
            region: region, usesFIPS: usesFIPS, usesDualStack: usesDualStack,
            configured: configuredEndpoint(serviceID: serviceID))
    }

    private var serviceSection: ProfileFile.Properties? {
        profile?["services"].flatMap { shared.services[$0] }
    }
}
