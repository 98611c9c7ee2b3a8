package import ArgumentParser
import LocalCloud

/// The cloud on this machine.
package struct LocalCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "local",
        abstract: "Run and look after the cloud on this machine.",
        discussion: """
            An environment of `cloud: local` needs no account: its cloud is an AWS-compatible server of this program, \
            whose tasks are containers or processes of this machine behind a real load balancer. plan, apply, status and \
            destroy start it when they need it, and it goes on until `reconcile local down`.

              reconcile local up         start it
              reconcile local status     what runs, and where it answers
              eval "$(reconcile local env)" && aws ecs list-clusters
              reconcile local down       end it, with everything that runs

            What it has is kept in .reconcile/local beside the project.
            """,
        subcommands: [
            LocalUpCommand.self, LocalDownCommand.self, LocalStatusCommand.self, LocalLogsCommand.self,
            LocalEnvCommand.self, LocalFaultsCommand.self, LocalServeCommand.self, LocalHelloCommand.self,
        ])

    package init() {}
}

package struct LocalUpCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Start the local cloud, unless it runs.")

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var colours: ColourOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(colours) {
            let (connection, isNew) = try await LocalCloudProcess(LocalCloudPlace(manifests)).ensureRunning()
            let answers = isNew ? "answers" : "was running already, and answers"
            Console.line("the local cloud \(answers) at \(connection.endpoint)")
        }
    }
}

package struct LocalDownCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "down", abstract: "End the local cloud, with every process and container it runs.",
        discussion: "What it knew is kept, and the next start brings it back, unless --forget is given.")

    @Flag(help: "Forget everything that was in it.")
    package var forget = false

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var colours: ColourOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(colours) {
            let process = LocalCloudProcess(try LocalCloudPlace(manifests))
            let wasRunning = try await process.stop()
            if forget { try process.forget() }
            Console.line(
                (wasRunning ? "the local cloud has ended" : "the local cloud was not running")
                    + (forget ? ", and is forgotten" : ""))
        }
    }
}

package struct LocalEnvCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "env", abstract: "Print the variables with which AWS's own tools talk to the local cloud.",
        discussion: """
              eval "$(reconcile local env)"
              aws ecs list-clusters
            """)

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var colours: ColourOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(colours) {
            let (connection, _) = try await LocalCloudProcess(LocalCloudPlace(manifests)).ensureRunning()
            for (name, value) in connection.environment.sorted(by: { $0.key < $1.key }) {
                Console.line("export \(name)='\(value)'")
            }
            Console.line("unset AWS_PROFILE AWS_SESSION_TOKEN")
        }
    }
}
