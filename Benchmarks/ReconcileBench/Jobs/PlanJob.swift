import AWSKinds
import FoundationEssentials
import Planning
import ReconcileCLI
import Reconciliation

/// From files to a printed plan with nothing in it.
enum PlanJob {
    static func run(directory: URL) async throws {
        let project = try GeneratedProject(in: directory)
        let world = RecordedWorld(catalog: AWSProvider.catalog, owner: project.loaded.owner)
        let plan = try await project.reconciler(world, project.openState())
            .plan(ReconcileRequest(.converge, project.loaded.desired)).plan
        let text = PlanPrinter(style: .plain).text(of: plan, for: project.loaded.owner)
        guard plan.isEmpty else { throw MeasuredProgram.Failure(description: "the plan is not empty:\n\(text)") }
        print(text, terminator: "")
    }
}
