package import ArgumentParser
import AttributeTree
import Manifests

package struct HistoryCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List what has been applied, and what came of it.",
        discussion: """
              reconcile history                 the last twenty, newest first
              reconcile history show 12         one of them: its plan, and what became of every step and resource
              reconcile diff 11 12              what it changed

            An apply with nothing to do is not in the history.
            """,
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)

    package init() {}

    package struct List: AsyncParsableCommand {
        package static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List what has been applied, newest first.")

        @OptionGroup package var manifests: ManifestOptions
        @OptionGroup package var output: OutputOptions
        @OptionGroup package var calls: CallOptions

        @Option(help: ArgumentHelp("How many.", valueName: "n"))
        package var limit = 20

        package init() {}

        package func validate() throws {
            guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
        }

        package func run() async throws {
            try await reportingFailures(output.colours) {
                let loaded = try LoadedProject(manifests)
                let applies = try await Workspace.withHistory(loaded, calls) { try await $0.applies(limit: limit) }
                switch output.output {
                case .json: Console.line(document(applies, loaded).jsonText(.pretty))
                case .text: show(applies, loaded)
                }
            }
        }

        private func document(_ applies: [PastApply], _ loaded: LoadedProject) -> AttributeValue {
            [
                "formatVersion": 1, "project": .string(loaded.project.name),
                "environment": .string(loaded.environment.name), "applies": .list(applies.map(\.json)),
            ]
        }

        private func show(_ applies: [PastApply], _ loaded: LoadedProject) {
            guard !applies.isEmpty else {
                Console.prose(
                    "nothing has been applied to \(loaded.project.name), environment \(loaded.environment.name)")
                return
            }
            for line in HistoryTable(style: output.colours.style(.output)).lines(of: applies) { Console.line(line) }
        }
    }

    package struct Show: AsyncParsableCommand {
        package static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show the plan of an apply, and what became of every step and resource.")

        @Argument(help: "Its number, as `reconcile history` lists it.")
        package var id: Int

        @OptionGroup package var manifests: ManifestOptions
        @OptionGroup package var output: OutputOptions
        @OptionGroup package var calls: CallOptions

        package init() {}

        package func run() async throws {
            try await reportingFailures(output.colours) {
                let apply = try await Workspace.withHistory(try LoadedProject(manifests), calls) {
                    try await $0.apply(id)
                }
                switch output.output {
                case .json: Console.line(apply.document.jsonText(.pretty))
                case .text:
                    for line in HistoryTable(style: output.colours.style(.output)).lines(of: apply) {
                        Console.prose(line)
                    }
                }
            }
        }
    }
}
