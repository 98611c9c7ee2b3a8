package import AttributeTree
import Diagnostics
package import Planning
import ResourceModel

/// Shows plans in the form that was asked for.
package struct PlanDisplay: Sendable {
    private let loaded: LoadedProject
    private let output: OutputOptions

    package init(_ loaded: LoadedProject, _ output: OutputOptions) {
        self.loaded = loaded
        self.output = output
    }

    /// The plan on standard output, its warnings on standard error.
    /// - Throws: ``Refusal`` when the planner refuses.
    package func show(_ plan: Plan) throws {
        guard !plan.diagnostics.hasErrors else {
            throw Refusal(.failed, plan.diagnostics, sources: loaded.sources)
        }
        showWarnings(plan)
        switch output.output {
        case .json: Console.line(json(plan).jsonText(.pretty))
        case .text: Console.write(text(plan))
        }
    }

    /// As wide as the terminal.
    package func text(_ plan: Plan) -> String {
        unbroken(plan).wrapped(to: Console.size(of: .output)?.columns)
    }

    private func unbroken(_ plan: Plan) -> String {
        PlanPrinter(style: output.colours.style(.output).isColoured ? .coloured : .plain).text(
            of: plan, for: loaded.owner)
    }

    package func json(_ plan: Plan) -> AttributeValue {
        plan.json(for: loaded.owner)
    }

    /// On standard error.
    package func showWarnings(_ plan: Plan) {
        ReconcileCLI.show(loaded.warnings + plan.diagnostics, sources: loaded.sources, output.colours)
    }
}
