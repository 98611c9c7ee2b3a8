import AWSKinds
package import ArgumentParser
import ResourceGraph

package struct GraphCommand: AsyncParsableCommand {
    package enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
        case dot, mermaid
    }

    package static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Print which resource depends on which.",
        discussion: """
            Dashed edges are in no manifest: they are what AWS requires, such as a service coming after the listener \
            that forwards to its target group.

              reconcile graph | dot -Tsvg > graph.svg
              reconcile graph --format mermaid
            """)

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var colours: ColourOptions

    @Option(help: "dot for Graphviz, mermaid for Markdown.")
    package var format: Format = .dot

    package init() {}

    package func run() async throws {
        try await reportingFailures(colours) {
            let loaded = try LoadedProject(manifests)
            let graph = ResourceGraph.build(desired: loaded.desired, catalog: AWSProvider.catalog).graph
            switch format {
            case .dot: Console.write(graph.dot())
            case .mermaid: Console.write(graph.mermaid())
            }
        }
    }
}
