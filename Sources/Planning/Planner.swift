package import Diagnostics
import ResourceGraph
package import ResourceModel

/// Makes plans. Everything here is a function of its arguments.
package enum Planner {
    /// What would be done, in order, and why. When a diagnostic is an error there are changes and no steps.
    package static func plan(_ request: PlanRequest) -> Plan {
        let (graph, cycles) = ResourceGraph.build(desired: request.desired, catalog: request.catalog)
        guard request.goal == .destroy || !cycles.hasErrors else {
            return Plan(changes: [], steps: [], diagnostics: cycles)
        }
        let survey = Survey(request, graph: graph)
        let decisions = survey.order.compactMap { survey.decisions[$0] }
        let diagnostics = survey.diagnostics.inSourceOrder()
        let changes = decisions.map(Change.init)
        guard !diagnostics.hasErrors else { return Plan(changes: changes, steps: [], diagnostics: diagnostics) }
        let active = decisions.filter(\.isActive)
        return Plan(
            changes: changes, steps: Assembly(request, graph: graph, decisions: active).ordered(),
            diagnostics: diagnostics, staleRecords: survey.staleRecords)
    }

    /// What is refused before any call: what the kinds know to be impossible, and resources that depend on each other.
    package static func validate(_ desired: DesiredSet, catalog: KindCatalog) -> [Diagnostic] {
        let cycles = ResourceGraph.build(desired: desired, catalog: catalog).diagnostics
        let refusals = desired.addresses.flatMap { address -> [Diagnostic] in
            guard let resource = desired[address], let definition = catalog[address.kind] else { return [] }
            return definition.checks.flatMap { $0(resource, desired) }
        }
        return (cycles + refusals).inSourceOrder()
    }
}
