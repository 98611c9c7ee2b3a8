import AttributeTree
import Diagnostics
import Manifests
package import Planning
package import Reconciliation
package import ResourceModel
import StateModel
import Synchronization

/// An apply, destroy or rollback from the command line: plan, ask, carry out, show, say how it ended.
package struct ApplyRun: Sendable {
    package enum Work: Sendable, Equatable {
        case apply, destroy
        case rollback(ResourceAddress)
    }

    package var work: Work
    package var execution: ExecutionOptions
    package var output: OutputOptions
    package var calls: CallOptions
    /// Of the saved plan that is to be carried out.
    package var saved: PlanFingerprint?
    /// Whether only what other steps need is waited for.
    package var detach = false

    package init(work: Work, execution: ExecutionOptions, output: OutputOptions, calls: CallOptions) {
        self.work = work
        self.execution = execution
        self.output = output
        self.calls = calls
    }

    /// Needs no approval when a plan was saved: whoever saved it has read it.
    private var asks: Bool { !execution.yes && saved == nil }

    package func run(_ manifests: ManifestOptions, _ targets: TargetOptions) async throws {
        if asks, !Console.inputIsTerminal || output.output == .json {
            throw UsageError(
                "\(work.command) asks before it changes anything, and there is no terminal to ask on",
                help: [
                    work == .apply
                        ? "add --yes, or save a plan with `reconcile plan --out FILE` and apply that" : "add --yes"
                ])
        }
        let loaded = try LoadedProject(manifests)
        let result: ApplyResult
        do {
            result = try await Workspace.with(loaded, calls) { workspace in
                try await carryOut(targets, in: workspace)
            }
        } catch let refused as PlanRefused {
            throw Refusal(.failed, refused.diagnostics, sources: loaded.sources)
        }
        if output.output == .text { show(ApplySummary(result.ending, work.goal, loaded.owner)) }
        let status = ExitStatus(result.outcome)
        if status != .done { throw status.exitCode }
    }

    private func carryOut(_ targets: TargetOptions, in workspace: Workspace) async throws -> ApplyResult {
        let loaded = workspace.loaded
        let screen = Screen(output: output, display: PlanDisplay(loaded, output))
        let watch = InterruptionWatch(announce: screen.announce)
        let options = ApplyOptions(
            holder: .thisProcess(command: work.command),
            gitCommit: await gitCommit(ofFile: loaded.project.range.start.file),
            settings: ExecutionSettings(
                parallelism: execution.parallelism, timeout: execution.timeout.duration, detach: detach),
            saved: saved, interruption: watch.interruption)
        let document = PlanDisplay(loaded, output)
        defer { watch.stop() }
        let describe: @Sendable (Plan) -> String = { document.json($0).jsonText() }
        let approve: @Sendable (PreparedPlan) async throws -> Bool = { prepared in
            screen.show(prepared.plan)
            guard asks else { return approved(screen, prepared.plan) }
            let answer = watch.whileAsking { ask(work.question) }
            return answer && approved(screen, prepared.plan)
        }
        return try await screen.ticking {
            switch work {
            case .apply, .destroy:
                try await workspace.reconciler.apply(
                    targets.request(work.goal, loaded), options, describe: describe, approve: approve,
                    emit: screen.handle)
            case .rollback(let address):
                try await workspace.reconciler.rollBack(
                    address, options, describe: describe, approve: approve, emit: screen.handle)
            }
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

extension ApplyRun.Work {
    package var goal: PlanRequest.Goal {
        switch self {
        case .apply: .converge
        case .destroy: .destroy
        case .rollback: .rollBack
        }
    }

    fileprivate var command: String {
        switch self {
        case .apply: "apply"
        case .destroy: "destroy"
        case .rollback: "rollback"
        }
    }

    fileprivate var question: String {
        switch self {
        case .apply: "Apply this?"
        case .destroy: "Delete all of this?"
        case .rollback: "Roll back?"
        }
    }
}
