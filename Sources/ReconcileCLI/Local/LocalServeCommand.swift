package import ArgumentParser
import FoundationEssentials
import LocalCloud
import Logging
import TaskRunning

/// The process of the local cloud itself, which `local up` starts.
package struct LocalServeCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run a local cloud in this process, until a signal ends it.",
        discussion: """
            `reconcile local up` starts this in the background. It is there to be run by a supervisor, or under a \
            debugger.
            """,
        shouldDisplay: false)

    @Option(help: ArgumentHelp("Where it keeps what it has.", valueName: "path"))
    package var directory: String

    @Option(help: ArgumentHelp("Where commands that stand for images are run; here when absent.", valueName: "path"))
    package var home: String?

    @Option(help: ArgumentHelp("The region it says it is.", valueName: "name"))
    package var region = Account().region

    @Option(help: ArgumentHelp("The port it listens on, on loopback; 0 for any.", valueName: "port"))
    package var port = 0

    @Option(help: ArgumentHelp("How many of its seconds a real one has.", valueName: "factor"))
    package var clockRate = 1.0

    @Flag(help: "Run every task as a process, even where a container engine answers.")
    package var processes = false

    @OptionGroup package var colours: ColourOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(colours) {
            if let home, !FileManager.default.changeCurrentDirectoryPath(home) {
                throw SettingUpError("there is no directory \(home)")
            }
            let settings = LocalCloudSettings(
                directory: directory, account: Account(region: region), port: port,
                containerEngine: processes ? .none : .automatic, clockRate: clockRate,
                builtInImages: ["reconcile/hello": [try programPath(), "local", "hello"]])
            LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
            try await LocalCloudServer(settings, logger: Logger(label: "local-cloud")).run { connection in
                Console.line("the local cloud answers at \(connection.endpoint)")
            }
        }
    }
}

/// The program that the built-in image `reconcile/hello` stands for.
package struct LocalHelloCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "hello", abstract: "Answer requests as the image reconcile/hello does.", shouldDisplay: false)

    package init() {}

    package func run() async throws {
        try await HelloServer.runProgram(environment: ProcessInfo.processInfo.environment) { Console.line($0) }
    }
}
