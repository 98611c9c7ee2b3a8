import AttributeTree
import Diagnostics
import Manifests
package import Planning
package import Reconciliation
import StateModel
import Synchronization

/// An apply or destroy from the command line: plan, ask, carry out, show, say how it ended.
package struct ApplyRun: Sendable {
    package var goal: PlanRequest.Goal
    package var execution: ExecutionOptions
    package var output: OutputOptions
    package var calls: CallOptions
    /// Of the saved plan that is to be carried out.
    package var saved: PlanFingerprint?
    /// Whether only what other steps need is waited for.
    package var detach = false

    package init(goal: PlanRequest.Goal, execution: ExecutionOptions, output: OutputOptions, calls: CallOptions) {
        self.goal = goal
        self.execution = execution
        self.output = output
        self.calls = calls
    }

    /// Needs no approval when a plan was saved: whoever saved it has read it.
    private var asks: Bool { !execution.yes && saved == nil }
    private var command: String { goal == .destroy ? "destroy" : "apply" }

    package func run(_ manifests: ManifestOptions, _ targets: TargetOptions) async throws {
        if asks, !Console.inputIsTerminal || output.output == .json {
            throw UsageError(
                "\(command) asks before it changes anything, and there is no terminal to ask on",
                help: ["add --yes, or save a plan with `reconcile plan --out FILE` and apply that"])
        }
        let loaded = try LoadedProject(manifests)
        let result: ApplyResult
        do {
            result = try await Workspace.with(loaded, calls) { workspace in
                try await apply(targets.request(goal, loaded), in: workspace)
            }
        } catch let refused as PlanRefused {
            throw Refusal(.failed, refused.diagnostics, sources: loaded.sources)
        }
        if output.output == .text { show(ApplySummary(result.ending, goal, loaded.owner)) }
        let status = ExitStatus(result.outcome)
        if status != .done { throw status.exitCode }
    }

    private func apply(_ request: ReconcileRequest, in workspace: Workspace) async throws -> ApplyResult {
        let screen = Screen(output: output, display: PlanDisplay(workspace.loaded, output))
        let watch = InterruptionWatch(announce: screen.announce)
        let options = ApplyOptions(
            holder: .thisProcess(command: command),
            gitCommit: await gitCommit(ofFile: workspace.loaded.project.range.start.file),
            settings: ExecutionSettings(
                parallelism: execution.parallelism, timeout: execution.timeout.duration, detach: detach),
            saved: saved, interruption: watch.interruption)
        let document = PlanDisplay(workspace.loaded, output)
        defer { watch.stop() }
        return try await screen.ticking {
            try await workspace.reconciler.apply(
                request, options, describe: { document.json($0).jsonText() },
                approve: { prepared in
                    screen.show(prepared.plan)
                    guard asks else { return approved(screen, prepared.plan) }
                    let answer = watch.whileAsking { ask(goal, prepared.plan) }
                    return answer && approved(screen, prepared.plan)
                },
                emit: screen.handle)
        }
    }

    private func show(_ summary: ApplySummary) {
        for line in summary.problems(output.colours.style(.error)) { Console.prose(line, to: .error) }
        Console.prose(summary.closing(output.colours.style(.output)))
    }

    private func approved(_ screen: Screen, _ plan: Plan) -> Bool {
        screen.begin(plan)
        return true
    }
}

/// Asks on the terminal. Only `y` and `yes` are a yes.
private func ask(_ goal: PlanRequest.Goal, _ plan: Plan) -> Bool {
    let question = goal == .destroy ? "Delete all of this?" : "Apply this?"
    Console.write("\n\(question) [y/N] ", to: .error)
    guard let answer = readLine()?.lowercased() else { return false }
    return answer == "y" || answer == "yes"
}
