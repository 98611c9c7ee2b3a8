import AWSKinds
package import ArgumentParser
import AttributeTree
import Planning
import StateModel

package struct DiffCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show how what two applies have left behind differs.",
        discussion: """
              reconcile diff 11 12     what apply 12 has changed since apply 11
              reconcile diff 11        what has changed between apply 11 and now, as recorded

            What the cloud says is in neither: `reconcile plan` compares with that. Secret values are not shown.
            """)

    @Argument(help: "The number of an apply, as `reconcile history` lists it.")
    package var before: Int

    @Argument(help: "The number of another; without it, what is recorded now.")
    package var after: Int?

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var output: OutputOptions
    @OptionGroup package var calls: CallOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(output.colours) {
            let loaded = try LoadedProject(manifests)
            let (earlier, later) = try await Workspace.withHistory(loaded, calls) { history in
                let earlier = try await history.recorded(after: before)
                guard let after else { return (earlier, try await history.recorded()) }
                return (earlier, try await history.recorded(after: after))
            }
            let differences = RecordedDifference.between(earlier, later, catalog: AWSProvider.catalog)
            switch output.output {
            case .json: Console.line(document(differences).jsonText(.pretty))
            case .text: show(differences, among: Set(earlier.map(\.address)).union(later.map(\.address)).count)
            }
        }
    }

    private func document(_ differences: [RecordedDifference]) -> AttributeValue {
        [
            "formatVersion": 1, "before": .int(before), "after": after.map { .int($0) } ?? .null,
            "differences": .list(differences.map(\.json)),
        ]
    }

    private func show(_ differences: [RecordedDifference], among count: Int) {
        let moments = "apply \(before) → \(after.map { "apply \($0)" } ?? "now")"
        guard !differences.isEmpty else {
            Console.prose("\(moments): nothing differs")
            return
        }
        let printer = PlanPrinter(style: output.colours.style(.output).isColoured ? .coloured : .plain)
        Console.line("\(moments):\n")
        Console.write(printer.text(of: differences).wrapped(to: Console.size(of: .output)?.columns))
        let same = count - differences.count
        Console.line("\n\(differences.count) of \(count) resources differ\(same > 0 ? ", \(same) do not" : "").")
    }
}
