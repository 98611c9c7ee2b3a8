package import ArgumentParser
import AttributeTree
import LocalCloud

/// What goes wrong in the local cloud on purpose.
package struct LocalFaultsCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "faults", abstract: "Have calls to the local cloud fail, as they do on a bad day.",
        discussion: """
              reconcile local faults add ecs:CreateService --throttle --times 3
              reconcile local faults add 'elbv2:*' --error ServiceUnavailable --status 503
              reconcile local faults add ecs:RegisterTaskDefinition --drop-answer --times 1
              reconcile local faults add 'ecs:Describe*' --stale 5
              reconcile local faults list
              reconcile local faults clear
            """,
        subcommands: [AddFault.self, ListFaults.self, ClearFaults.self], defaultSubcommand: ListFaults.self)

    package init() {}

    /// The control endpoint of the cloud, which has to run.
    fileprivate static func client(_ manifests: ManifestOptions) async throws -> ControlClient {
        guard let connection = try await LocalCloudProcess(LocalCloudPlace(manifests)).running() else {
            throw SettingUpError("the local cloud does not run", help: ["start it with: reconcile local up"])
        }
        return ControlClient(connection)
    }
}

private struct AddFault: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Have calls fail from now on.",
        discussion: """
            Exactly one of --throttle, --error, --delay, --drop-answer and --stale says how.
            """)

    @Argument(help: ArgumentHelp("Which calls: service:Operation, where * stands for anything.", valueName: "calls"))
    var calls: String

    @Flag(help: "Refuse them as too many.")
    var throttle = false

    @Option(help: ArgumentHelp("Refuse them with this code.", valueName: "code"))
    var error: String?

    @Option(help: ArgumentHelp("The HTTP status of --error. (default: 400)", valueName: "status"))
    var status: Int?

    @Option(help: ArgumentHelp("Answer them so much later.", valueName: "milliseconds"))
    var delay: Int?

    @Flag(help: "Do what they ask, and close the connection without an answer.")
    var dropAnswer = false

    @Option(help: ArgumentHelp("Answer them with how the world was so long ago.", valueName: "seconds"))
    var stale: Double?

    @Option(help: ArgumentHelp("How many calls, instead of all until `clear`.", valueName: "n"))
    var times: Int?

    @OptionGroup var manifests: ManifestOptions
    @OptionGroup var colours: ColourOptions

    func validate() throws {
        guard kinds.count == 1 else {
            throw ValidationError("say how they fail: one of --throttle, --error, --delay, --drop-answer, --stale")
        }
    }

    private var kinds: [[String: AttributeValue]] {
        var kinds: [[String: AttributeValue]] = []
        if throttle { kinds.append(["kind": "throttle"]) }
        if let error {
            var kind: [String: AttributeValue] = ["kind": "error", "code": .string(error)]
            kind["status"] = status.map { .int($0) }
            kinds.append(kind)
        }
        if let delay { kinds.append(["kind": "delay", "milliseconds": .int(delay)]) }
        if dropAnswer { kinds.append(["kind": "dropAnswer"]) }
        if let stale { kinds.append(["kind": "staleReads", "seconds": .number(stale)]) }
        return kinds
    }

    func run() async throws {
        try await reportingFailures(colours) {
            var rule = kinds[0]
            rule["operations"] = .string(calls)
            if let times { rule["count"] = .int(times) }
            try await LocalFaultsCommand.client(manifests).send("POST", "faults", .map(rule))
        }
    }
}

private struct ListFaults: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Show which calls fail.")

    @OptionGroup var manifests: ManifestOptions
    @OptionGroup var colours: ColourOptions

    func run() async throws {
        try await reportingFailures(colours) {
            let rules = try await LocalFaultsCommand.client(manifests).send("GET", "faults")["faults"]?.listValue ?? []
            for rule in rules { Console.line(rule.jsonText()) }
        }
    }
}

private struct ClearFaults: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "clear", abstract: "Let calls succeed again.")

    @OptionGroup var manifests: ManifestOptions
    @OptionGroup var colours: ColourOptions

    func run() async throws {
        try await reportingFailures(colours) {
            try await LocalFaultsCommand.client(manifests).send("DELETE", "faults")
        }
    }
}
