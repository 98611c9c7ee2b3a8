import AWSKinds
package import ArgumentParser
import AttributeTree
import Reconciliation
import ResourceModel

package struct StatusCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say how far every resource is on its way to its final state.",
        discussion: "The exit status is 0 only if every resource is final.")

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var output: OutputOptions
    @OptionGroup package var calls: CallOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(output.colours) {
            let loaded = try LoadedProject(manifests)
            let rows = try await Workspace.with(loaded, calls) { workspace in
                inOrderOfKinds(try await workspace.reconciler.status(desired: loaded.desired))
            }
            switch output.output {
            case .json: Console.line(document(rows).jsonText(.pretty))
            case .text: show(rows)
            }
            guard rows.allSatisfy({ $0.phase == .final }) else { throw ExitStatus.failed.exitCode }
        }
    }

    /// As the reference lists the kinds, which is about the order in which they are made; tasks come last.
    private func inOrderOfKinds(_ rows: [StatusRow]) -> [StatusRow] {
        let kinds = AWSProvider.catalog.kinds.map(\.kind)
        func position(_ row: StatusRow) -> Int { kinds.firstIndex(of: row.address.kind) ?? kinds.endIndex }
        return rows.sorted { (position($0), $0.address) < (position($1), $1.address) }
    }

    private func document(_ rows: [StatusRow]) -> AttributeValue {
        ["formatVersion": 1, "resources": .list(rows.map(\.json))]
    }

    private func show(_ rows: [StatusRow]) {
        let table = StatusTable(
            rows.map { StatusTable.Line($0) }, style: output.colours.style(.output),
            width: Console.size(of: .output)?.columns)
        for line in table.rendered() { Console.line(line) }
    }
}
