import FoundationEssentials
import Planning
import ReconcileCLI

/// From files to a printed plan with nothing in it.
enum PlanJob {
    static func run(directory: URL) async throws {
        let project = try GeneratedProject(in: directory, state: .file)
        try await project.fillCloud()
        let plan = try await project.plan()
        let text = PlanPrinter(style: .plain).text(of: plan, for: project.loaded.owner)
        guard plan.isEmpty else { throw MeasuredProgram.Failure(description: "the plan is not empty:\n\(text)") }
        print(text, terminator: "")
    }
}
