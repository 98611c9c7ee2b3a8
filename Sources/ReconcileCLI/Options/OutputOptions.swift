package import ArgumentParser
import FoundationEssentials

/// What comes out, and in which form.
package struct OutputOptions: ParsableArguments {
    package enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
        case text, json
    }

    @Option(name: .shortAndLong, help: ArgumentHelp("text for people, json for programs.", valueName: "format"))
    package var output: Format = .text

    @Flag(name: .customLong("no-color"), help: "No colours, even on a terminal. (also: NO_COLOR)")
    package var noColor = false

    @Flag(help: "Say which calls are made, on standard error.")
    package var verbose = false

    package init() {}

    /// Whether what goes to a stream is coloured: on a terminal, unless the user does not want it.
    package func isColoured(_ stream: Console.Stream) -> Bool {
        isColoured(onTerminal: Console.isTerminal(stream), environment: ProcessInfo.processInfo.environment)
    }

    /// - Parameter environment: of the process; `NO_COLOR` counts when it is not empty, as no-color.org says.
    package func isColoured(onTerminal: Bool, environment: [String: String]) -> Bool {
        onTerminal && !noColor && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }
}
