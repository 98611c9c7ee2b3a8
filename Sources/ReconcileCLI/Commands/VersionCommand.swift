package import ArgumentParser
import AttributeTree

package struct VersionCommand: ParsableCommand {
    package static let version = "0.1.0"

    package static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the version of this program.")

    @Option(name: .shortAndLong, help: ArgumentHelp("text for people, json for programs.", valueName: "format"))
    package var output: OutputOptions.Format = .text

    package init() {}

    package func run() {
        switch output {
        case .text: Console.line("reconcile \(Self.version)")
        case .json: Console.line(AttributeValue.map(["version": .string(Self.version)]).jsonText())
        }
    }
}
