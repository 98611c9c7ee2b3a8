package import ArgumentParser
import FoundationEssentials

/// What comes out, and in which form.
package struct OutputOptions: ParsableArguments {
    package enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
        case text, json
    }

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("text for people, json for programs: of an apply, an event a line.", valueName: "format"))
    package var output: Format = .text

    @OptionGroup package var colours: ColourOptions

    package init() {}
}

/// Whether there are colours.
package struct ColourOptions: ParsableArguments {
    @Flag(name: .customLong("no-color"), help: "No colours, even on a terminal. (also: NO_COLOR)")
    package var noColor = false

    package init() {}

    /// How what goes to a stream looks: coloured on a terminal, unless the user does not want it.
    package func style(_ stream: Console.Stream) -> Style {
        style(onTerminal: Console.isTerminal(stream), environment: ProcessInfo.processInfo.environment)
    }

    /// - Parameter environment: of the process; `NO_COLOR` counts when it is not empty, as no-color.org says.
    package func style(onTerminal: Bool, environment: [String: String]) -> Style {
        Style(
            isColoured: onTerminal && !noColor && environment["NO_COLOR", default: ""].isEmpty
                && environment["TERM"] != "dumb")
    }
}

/// What is told of the calls that a command makes.
package struct CallOptions: ParsableArguments {
    @Flag(help: "Say which calls are made, on standard error.")
    package var verbose = false

    package init() {}
}
