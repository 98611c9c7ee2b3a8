import AWSClient
import AWSModel
import Logging
import SigV4

/// A client with a scripted transport, manual time, and a jitter of one half.
struct ClientFixture {
    let transport: ScriptedTransport
    let time = ManualTime()
    let client: APIClient

    static let credentials = SigningCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "hush")

    init(
        _ steps: [ScriptedTransport.Step], environment: EnvironmentVariables = [:],
        credentials: (any CredentialProvider)? = nil, answersTogether: Int = 1,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) {
        transport = ScriptedTransport(steps, answersTogether: answersTogether)
        let environment = environment.merging(
            ["AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "hush"]
        ) { given, _ in given }
        let shared = SharedConfig(
            config: ProfileFile(), credentials: ProfileFile(), locations: SharedConfig.Locations([:]))
        let settings = ClientSettings(environment: environment, shared: shared)
        client = APIClient(
            settings: settings, credentials: credentials ?? CredentialChain(settings), transport: transport,
            time: time, random: { 0.5 }, logger: logger)
    }
}
