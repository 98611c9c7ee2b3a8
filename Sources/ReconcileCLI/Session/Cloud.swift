import AWSClient
import FoundationEssentials
import LocalCloud
import Logging
import Manifests

/// Where the calls of an environment go, and as whom.
struct Cloud: Sendable {
    var settings: ClientSettings
    /// The AWS-compatible server that stands for AWS, which forwards to its load balancers by their names; `nil` when
    /// load balancers are at their own addresses, as those of AWS and of the cloud on this machine are.
    var gateway: EndpointAddress?
    /// How far above the port of its listener a load balancer answers, for ports below 1024.
    var portShift = 0

    /// Starts the cloud on this machine where the environment is there, and nothing else is named by `AWS_ENDPOINT_URL`.
    ///
    /// - Throws: ``SettingUpError`` when it is not known where to call.
    init(of loaded: LoadedProject) async throws {
        settings = try Self.configuredSettings(of: loaded)
        let endpoint = settings.configuredEndpoint(serviceID: "Elastic Load Balancing v2")
        gateway = endpoint.flatMap(EndpointAddress.init)
        if loaded.environment.cloud == .local, endpoint == nil {
            let process = LocalCloudProcess(LocalCloudPlace(loaded.project, loaded.environment))
            let (connection, isNew) = try await process.ensureRunning()
            if isNew { Console.line("started the local cloud at \(connection.endpoint)", to: .error) }
            settings = ClientSettings(environment: connection.environment, shared: .none)
            portShift = connection.portShift
        }
        guard settings.region != nil else {
            throw SettingUpError(
                "no AWS region is known for environment \(loaded.environment.name)",
                help: ["write region: in the environment of the project, or set AWS_REGION"])
        }
    }

    /// Lends connections, and closes them afterwards, whatever happens.
    func withTransport<Result>(_ body: (AsyncHTTPTransport) async throws -> Result) async throws -> Result {
        let proxies = try ProxySettings(ProcessInfo.processInfo.environment)
        return try await AsyncHTTPTransport.withTransport(.init(proxies: proxies), body)
    }

    func client(over transport: AsyncHTTPTransport, _ calls: CallOptions) -> APIClient {
        var logger = Logger(label: "reconcile.aws") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = calls.verbose ? .debug : .critical
        return APIClient(
            settings: settings, credentials: CredentialChain(settings), transport: transport, logger: logger)
    }

    private static func configuredSettings(of loaded: LoadedProject) throws -> ClientSettings {
        let environment = ProcessInfo.processInfo.environment
        let wanted = loaded.environment
        let shared: SharedConfig
        do {
            shared = try SharedConfig.load(environment) { path in
                FileManager.default.contents(atPath: path).map { [UInt8]($0) }
            }
        } catch {
            throw SettingUpError("\(error)")
        }
        return ClientSettings(
            explicit: .init(region: wanted.region, profile: wanted.profile, endpoint: wanted.endpoint),
            environment: environment, shared: shared)
    }
}
